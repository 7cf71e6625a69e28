package main

import (
	"fmt"
	"net"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

// The addresses of every node: it is alone in its namespace.
const (
	nodeAddress = "10.128.255.1"
	hostAddress = "10.128.255.2"
	nameAddress = "10.128.255.3"
	services    = "10.0.0.0/24"
)

// initNode is the first process of the node: it furnishes the namespaces it was
// started in and then buries orphans.
func initNode(arguments []string) error {
	name, folder, group := arguments[0], arguments[1], arguments[2]
	all, err := hierarchies()
	if err != nil {
		return err
	}
	steps := []func() error{
		func() error { return moveInto(group) },
		func() error { return unix.Unshare(unix.CLONE_NEWCGROUP) },
		func() error { return mountAll(folder, all) },
		joinGroups,
		func() error {
			if isUnifiedIn(all) {
				handOut()
			}
			return nil
		},
		func() error { return unix.Sethostname([]byte(name)) },
		setNetwork,
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	children := make(chan os.Signal, 1)
	signal.Notify(children, unix.SIGCHLD)
	if _, err := os.Stdout.Write([]byte("r")); err != nil {
		return err
	}
	for range children {
		for pid := 1; pid > 0; {
			pid, _ = unix.Wait4(-1, nil, unix.WNOHANG, nil)
		}
	}
	return nil
}

// mountAll makes the mounts of the node. What programs write to the usual
// places goes to the node's folder, or to memory.
func mountAll(folder string, all []hierarchy) error {
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return err
	}
	mounts := []struct{ kind, path, options string }{
		{"proc", "/proc", ""},
		{"sysfs", "/sys", ""},
		{"tmpfs", "/run", "mode=755"},
	}
	for _, each := range mounts {
		if err := unix.Mount(each.kind, each.path, each.kind, 0, each.options); err != nil {
			return fmt.Errorf("mount of %s: %w", each.path, err)
		}
	}
	if err := mountGroups(all); err != nil {
		return err
	}
	covers := []struct{ own, target string }{
		{"hosts", "/etc/hosts"},
		{"resolv.conf", "/etc/resolv.conf"},
		{"log", "/var/log"},
		{"lib", "/var/lib"},
	}
	for _, each := range covers {
		if err := cover(filepath.Join(folder, each.own), each.target); err != nil {
			return err
		}
	}
	// Among themselves, the node's containers may see each other's mounts, as on any node.
	return unix.Mount("", "/", "", unix.MS_REC|unix.MS_SHARED, "")
}

// cover puts a file or folder of the node's own over one of the machine's; a
// link that leads nowhere here has nothing to cover.
func cover(own, target string) error {
	if _, err := os.Stat(target); err != nil {
		return nil
	}
	if err := unix.Mount(own, target, "", unix.MS_BIND, ""); err != nil {
		return fmt.Errorf("mount of %s: %w", target, err)
	}
	return nil
}

// setNetwork gives the loopback interface the node's addresses: they are
// addresses like others, and no further interface is needed for them.
func setNetwork() error {
	loopback, err := netlink.LinkByName("lo")
	if err != nil {
		return err
	}
	if err := netlink.LinkSetUp(loopback); err != nil {
		return err
	}
	for _, address := range []string{nodeAddress, hostAddress, nameAddress} {
		parsed, err := netlink.ParseAddr(address + "/32")
		if err != nil {
			return err
		}
		if err := netlink.AddrAdd(loopback, parsed); err != nil {
			return err
		}
	}
	// What the node itself sends to a Service has to have some way before kube-proxy sees it. As these addresses count as
	// the node's own, it is also told at once of a Service that has nobody behind it.
	_, destination, err := net.ParseCIDR(services)
	if err != nil {
		return err
	}
	route := &netlink.Route{
		LinkIndex: loopback.Attrs().Index,
		Dst:       destination,
		Src:       net.ParseIP(nodeAddress),
		Type:      unix.RTN_LOCAL,
		Table:     unix.RT_TABLE_LOCAL,
		Scope:     netlink.SCOPE_HOST,
	}
	if err := netlink.RouteAdd(route); err != nil {
		return err
	}
	return os.WriteFile("/proc/sys/net/ipv4/ip_forward", []byte("1"), 0)
}
