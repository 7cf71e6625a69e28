// Command control-plane is etcd, the API server, the controller manager, the
// scheduler and kubectl in one binary, built from the public modules.
//
// One binary instead of five because they share nearly all of their code: it is
// linked once, and a build from an empty cache stays within a CI job.
package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	kubectl "k8s.io/kubectl/pkg/cmd"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllermanager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"

	// What the original main packages import for their side effects.
	_ "time/tzdata" // a CronJob's timeZone must not depend on the machine

	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
)

var programs = map[string]func(){
	"etcd":                    func() { etcdmain.Main(os.Args) },
	"kube-apiserver":          func() { run(apiserver.NewAPIServerCommand()) },
	"kube-controller-manager": func() { run(controllermanager.NewControllerManagerCommand()) },
	"kube-scheduler":          func() { run(scheduler.NewSchedulerCommand()) },
	"kubectl":                 func() { run(kubectl.NewDefaultKubectlCommand()) },
}

func main() {
	program, found := programs[filepath.Base(os.Args[0])]
	if !found && len(os.Args) > 1 {
		program, found = programs[os.Args[1]]
		// Every program reads os.Args itself and expects its own name in front.
		os.Args = os.Args[1:]
	}
	if !found {
		fmt.Fprintln(os.Stderr, "usage: control-plane etcd|kube-apiserver|kube-controller-manager|kube-scheduler|kubectl …")
		os.Exit(2)
	}
	if os.Getenv("EXIT_WHEN_STDIN_CLOSES") != "" {
		go exitWhenStdinCloses()
	}
	program()
}

// exitWhenStdinCloses ties a server to the process that started it and holds the
// other end of its stdin: nothing is left behind, not even after a SIGKILL there.
func exitWhenStdinCloses() {
	_, _ = io.Copy(io.Discard, os.Stdin)
	os.Exit(1)
}

func run(command *cobra.Command) {
	os.Exit(cli.Run(command))
}
