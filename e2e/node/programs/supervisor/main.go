// Command supervisor keeps the namespaces of one node and everything that runs
// in them.
//
// It stays outside of them itself. What it is asked for comes as lines of JSON
// on its stdin, what it has to say goes to its stdout. When its stdin closes,
// because the process that started it has ended in whatever way, it ends the
// node and removes what is left. Should it be killed itself, the kernel kills
// the node's init with it, and so all processes, mounts and interfaces.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"sync"
	"syscall"
)

// request is what the process that started us asks for.
type request struct {
	ID int `json:"id"`
	// Do is one of run, expose, reach and tunnel.
	Do string `json:"do"`
	// Program, Args, Environment and Log are those of a program to run in the node.
	Program     string   `json:"program"`
	Args        []string `json:"args"`
	Environment []string `json:"environment"`
	Log         string   `json:"log"`
	// From is where a relay listens, To is where it leads.
	From string `json:"from"`
	To   string `json:"to"`
}

// report is an answer to a request, or the end of a program.
type report struct {
	ID      int    `json:"id,omitempty"`
	Error   string `json:"error,omitempty"`
	Pid     int    `json:"pid,omitempty"`
	Address string `json:"address,omitempty"`
	Ended   int    `json:"ended,omitempty"`
	Code    int    `json:"code,omitempty"`
}

var stdout sync.Mutex

func tell(said report) {
	line, _ := json.Marshal(said)
	stdout.Lock()
	defer stdout.Unlock()
	_, _ = os.Stdout.Write(append(line, '\n'))
}

// The kernel ends the init when the thread that made it ends: it has to be the
// main one, which lives as long as the process.
func init() { runtime.LockOSThread() }

func main() {
	if len(os.Args) > 1 && os.Args[1] == "init" {
		exitWith(initNode(os.Args[2:]))
	}
	if len(os.Args) > 1 && os.Args[1] == "enter" {
		exitWith(enter(os.Args[2:]))
	}
	exitWith(supervise())
}

func exitWith(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "supervisor:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

func supervise() error {
	name := flag.String("name", "", "the node's name, which is its host name, too")
	folder := flag.String("folder", "", "the folder that is the node's own")
	removes := flag.Bool("remove-folder", false, "whether the folder ends with the node")
	flag.Parse()
	// Whoever reads what we say may be gone; there is still all to be cleaned up then.
	signal.Ignore(syscall.SIGPIPE)
	removeStaleGroups()
	n := &node{cgroup: fmt.Sprint(groupPrefix, os.Getpid())}
	defer func() {
		n.end()
		if *removes {
			_ = os.RemoveAll(*folder)
		}
	}()
	if err := n.start(*name, *folder); err != nil {
		return err
	}
	tell(report{Pid: n.init.Process.Pid})
	requests := make(chan request)
	go read(requests)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	for {
		select {
		case asked, more := <-requests:
			if !more {
				return nil
			}
			go n.answer(asked)
		case <-signals:
			return nil
		}
	}
}

func read(requests chan<- request) {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var asked request
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			tell(report{Error: err.Error()})
			continue
		}
		requests <- asked
	}
	close(requests)
}

func (n *node) answer(asked request) {
	given := report{ID: asked.ID}
	var started *exec.Cmd
	var err error
	switch asked.Do {
	case "run":
		started, err = n.run(asked)
	case "expose":
		given.Address, err = n.expose(asked.From, asked.To)
	case "reach":
		given.Address, err = n.reach(asked.From, asked.To)
	case "tunnel":
		err = n.tunnel(asked.From)
	default:
		err = fmt.Errorf("cannot %q", asked.Do)
	}
	if err != nil {
		tell(report{ID: asked.ID, Error: err.Error()})
		return
	}
	if started != nil {
		given.Pid = started.Process.Pid
		n.programs.Add(1)
		// Its end is told after its beginning.
		defer func() { go n.bury(started) }()
	}
	tell(given)
}
