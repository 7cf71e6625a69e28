package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

const groupsRoot = "/sys/fs/cgroup"

// hierarchy is a tree of control groups: where it is mounted and how.
type hierarchy struct{ path, kind, options string }

var mountOptions = map[string]bool{"rw": true, "ro": true, "relatime": true, "nosuid": true, "nodev": true, "noexec": true}

// hierarchies are those that are mounted, in the order of their mounts.
func hierarchies() ([]hierarchy, error) {
	mounts, err := os.ReadFile("/proc/self/mounts")
	if err != nil {
		return nil, err
	}
	var found []hierarchy
	for _, line := range strings.Split(string(mounts), "\n") {
		fields := strings.Fields(line)
		if len(fields) < 4 || !strings.HasPrefix(fields[2], "cgroup") || !strings.HasPrefix(fields[1], groupsRoot) {
			continue
		}
		var options []string
		for _, option := range strings.Split(fields[3], ",") {
			if fields[2] == "cgroup" && !mountOptions[option] && !strings.HasPrefix(option, "release_agent") {
				options = append(options, option)
			}
		}
		found = append(found, hierarchy{fields[1], fields[2], strings.Join(options, ",")})
	}
	return found, nil
}

func makeGroups(name string) error {
	all, err := hierarchies()
	if err != nil {
		return err
	}
	if isUnifiedIn(all) {
		handOut()
	}
	for _, each := range all {
		if err := os.Mkdir(filepath.Join(each.path, name), 0o755); err != nil && !os.IsExist(err) {
			return err
		}
		inheritProcessors(each.path, filepath.Join(each.path, name))
	}
	return nil
}

// inheritProcessors gives a group the processors of the one above it: in
// version 1 it has none at first, and takes no process then.
func inheritProcessors(above, group string) {
	for _, file := range []string{"cpuset.cpus", "cpuset.mems"} {
		if content, err := os.ReadFile(filepath.Join(above, file)); err == nil {
			_ = os.WriteFile(filepath.Join(group, file), content, 0)
		}
	}
	_ = os.WriteFile(filepath.Join(group, "cgroup.clone_children"), []byte("1"), 0)
}

// moveInto moves this process into a group of every hierarchy, as seen from here.
func moveInto(group string) error {
	all, err := hierarchies()
	if err != nil {
		return err
	}
	for _, each := range all {
		path := filepath.Join(each.path, group, "cgroup.procs")
		if err := os.WriteFile(path, []byte("0"), 0); err != nil {
			return fmt.Errorf("control group %s: %w", path, err)
		}
	}
	return nil
}

// Version 2 lets only groups without a process of their own hand out
// controllers, so what is of the node itself is in a group below its root.
const ownGroup = "node"

func joinGroups() error { return moveInto(ownGroup) }

// mountGroups shows the node its own groups as the root of all.
func mountGroups(all []hierarchy) error {
	if !isUnifiedIn(all) {
		if err := unix.Mount("tmpfs", groupsRoot, "tmpfs", 0, "mode=755"); err != nil {
			return err
		}
	}
	for _, each := range all {
		if err := os.MkdirAll(each.path, 0o755); err != nil {
			return err
		}
		if err := unix.Mount(each.kind, each.path, each.kind, 0, each.options); err != nil {
			return fmt.Errorf("mount of %s: %w", each.path, err)
		}
		if err := os.MkdirAll(filepath.Join(each.path, ownGroup), 0o755); err != nil {
			return err
		}
		inheritProcessors(each.path, filepath.Join(each.path, ownGroup))
	}
	return nil
}

// isUnifiedIn says whether all controllers are in one hierarchy (version 2), as
// opposed to one each (version 1, or a mixture of both).
func isUnifiedIn(all []hierarchy) bool { return len(all) == 1 && all[0].path == groupsRoot }

// handOut lets the groups below the root have the controllers that containers
// need; only version 2 asks for it. Where the machine's own root does so
// already, as a rule, nothing changes there.
func handOut() {
	for _, controller := range []string{"cpu", "cpuset", "io", "memory", "pids"} {
		_ = os.WriteFile(filepath.Join(groupsRoot, "cgroup.subtree_control"), []byte("+"+controller), 0)
	}
}

func removeGroups(name string) {
	all, _ := hierarchies()
	for _, each := range all {
		removeTree(filepath.Join(each.path, name))
	}
}

// removeTree removes a group and those below it; for a moment after the end of
// its last process a group is still in use.
func removeTree(group string) {
	below, _ := os.ReadDir(group)
	for _, entry := range below {
		if entry.IsDir() {
			removeTree(filepath.Join(group, entry.Name()))
		}
	}
	for range 100 {
		if err := unix.Rmdir(group); err == nil || err == unix.ENOENT {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// groupPrefix and the supervisor's process id are the name of a node's groups.
const groupPrefix = "image-registry-operator-node-"

// removeStaleGroups removes what nodes have left whose supervisor was killed.
func removeStaleGroups() {
	all, _ := hierarchies()
	for _, each := range all {
		found, _ := filepath.Glob(filepath.Join(each.path, groupPrefix+"*"))
		for _, group := range found {
			pid := strings.TrimPrefix(filepath.Base(group), groupPrefix)
			if _, err := os.Stat("/proc/" + pid); os.IsNotExist(err) {
				removeTree(group)
			}
		}
	}
}
