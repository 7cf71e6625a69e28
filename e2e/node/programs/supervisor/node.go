package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"syscall"

	"golang.org/x/sys/unix"
)

// The order counts: the namespace of mounts comes last, because it takes the
// paths of the others away.
var namespaces = []string{"cgroup", "ipc", "uts", "net", "pid", "mnt"}

// self is this program, asked for while /proc still is the one that knows us.
var self, _ = os.Executable()

type node struct {
	cgroup   string
	init     *exec.Cmd
	programs sync.WaitGroup
}

// start makes the namespaces and the init in them, and returns when a program
// can be run there.
func (n *node) start(name, folder string) error {
	if err := makeGroups(n.cgroup); err != nil {
		return err
	}
	n.init = exec.Command(self, "init", name, folder, n.cgroup)
	n.init.Stderr = os.Stderr
	n.init.SysProcAttr = &unix.SysProcAttr{
		Cloneflags: unix.CLONE_NEWNS | unix.CLONE_NEWPID | unix.CLONE_NEWNET | unix.CLONE_NEWUTS | unix.CLONE_NEWIPC,
		Pdeathsig:  unix.SIGKILL,
		Setsid:     true,
	}
	ready, err := n.init.StdoutPipe()
	if err != nil {
		return err
	}
	if err := n.init.Start(); err != nil {
		return fmt.Errorf("no namespaces can be made: %w", err)
	}
	if _, err := ready.Read(make([]byte, 1)); err != nil {
		return errors.New("the node's init ended at its start")
	}
	return nil
}

// end kills the init and with it every process of the node, and removes its
// control groups.
func (n *node) end() {
	if n.init != nil && n.init.Process != nil {
		_ = n.init.Process.Kill()
		// It returns only when the whole of the namespace has ended.
		_ = n.init.Wait()
		n.programs.Wait()
	}
	removeGroups(n.cgroup)
}

// joined runs what has to happen in the node, on a thread that is thrown away
// afterwards.
func (n *node) joined(kinds []string, work func()) error {
	failed := make(chan error)
	go func() {
		runtime.LockOSThread()
		err := n.join(kinds)
		if err == nil {
			work()
		}
		failed <- err
	}()
	return <-failed
}

func (n *node) join(kinds []string) error {
	handles := make([]*os.File, len(kinds))
	for i, kind := range kinds {
		handle, err := os.Open(filepath.Join("/proc", fmt.Sprint(n.init.Process.Pid), "ns", kind))
		if err != nil {
			return err
		}
		defer handle.Close()
		handles[i] = handle
	}
	// Threads share their root and working directory, which have to change for this one.
	if err := unix.Unshare(unix.CLONE_FS); err != nil {
		return err
	}
	for i, handle := range handles {
		if err := unix.Setns(int(handle.Fd()), 0); err != nil {
			return fmt.Errorf("namespace %s: %w", kinds[i], err)
		}
	}
	return nil
}

// run starts a program in the node.
func (n *node) run(asked request) (command *exec.Cmd, err error) {
	if failed := n.joined(namespaces, func() { command, err = startLogged(asked) }); failed != nil {
		return nil, failed
	}
	return command, err
}

// bury waits for the end of a program, and tells it.
func (n *node) bury(program *exec.Cmd) {
	defer n.programs.Done()
	_ = program.Wait()
	tell(report{Ended: program.Process.Pid, Code: exitCode(program)})
}

// exitCode is that of a shell: 128 and the signal for a program that was killed.
func exitCode(ended *exec.Cmd) int {
	if status, ok := ended.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal())
	}
	return ended.ProcessState.ExitCode()
}

func startLogged(asked request) (*exec.Cmd, error) {
	command := exec.Command(self, append([]string{"enter", asked.Program}, asked.Args...)...)
	command.Env = asked.Environment
	command.Dir = "/"
	// No signal on our death: Go would compare process ids of two namespaces, and kill at once.
	command.SysProcAttr = &unix.SysProcAttr{Setsid: true}
	log, err := os.OpenFile(asked.Log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	command.Stdout, command.Stderr = log, log
	return command, command.Start()
}

// enter moves this process, which is in the node's namespaces already, into its
// control groups, and becomes the program.
func enter(arguments []string) error {
	if err := joinGroups(); err != nil {
		return err
	}
	return unix.Exec(arguments[0], arguments, os.Environ())
}
