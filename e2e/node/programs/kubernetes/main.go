// Command kubernetes is the kubelet, kube-proxy and CoreDNS in one binary, by
// the name it is called by.
//
// One binary, because they share most of their code; and none of it in the
// control plane's, because most tests need no node.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/coredns/coredns/core/dnsserver"
	"github.com/coredns/coredns/coremain"
	_ "github.com/coredns/coredns/plugin/bind"
	_ "github.com/coredns/coredns/plugin/cache"
	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/hosts"
	_ "github.com/coredns/coredns/plugin/kubernetes"
	_ "github.com/coredns/coredns/plugin/ready"
	_ "github.com/coredns/coredns/plugin/template"
	"github.com/spf13/cobra"
	"k8s.io/component-base/cli"
	proxy "k8s.io/kubernetes/cmd/kube-proxy/app"
	kubelet "k8s.io/kubernetes/cmd/kubelet/app"

	// What the original main packages import for their side effects.
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/restclient"
	_ "k8s.io/component-base/metrics/prometheus/version"
)

var programs = map[string]func(){
	"kubelet":    func() { run(kubelet.NewKubeletCommand(context.Background())) },
	"kube-proxy": func() { run(proxy.NewProxyCommand()) },
	"coredns":    serveNames,
}

func main() {
	program, found := programs[filepath.Base(os.Args[0])]
	if !found {
		fmt.Fprintln(os.Stderr, "usage: link it as kubelet, kube-proxy or coredns")
		os.Exit(2)
	}
	program()
}

// serveNames runs CoreDNS with the few plugins that are linked in, in the order
// in which they see a question.
func serveNames() {
	dnsserver.Directives = []string{"bind", "ready", "errors", "cache", "hosts", "template", "kubernetes"}
	coremain.Run()
}

func run(command *cobra.Command) {
	os.Exit(cli.Run(command))
}
