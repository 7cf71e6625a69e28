package main

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"time"
)

// dial is how one end of a relay is reached.
type dial func(address string) (net.Conn, error)

func dialHere(address string) (net.Conn, error) {
	return net.DialTimeout("tcp", address, 10*time.Second)
}

// dialInside connects to an address as the node sees it: a socket belongs for
// ever to the namespace of the thread that made it.
func (n *node) dialInside(address string) (connection net.Conn, err error) {
	if failed := n.joined([]string{"net"}, func() { connection, err = dialHere(address) }); failed != nil {
		return nil, failed
	}
	return connection, err
}

// expose listens in the node, and leads to an address of the machine.
func (n *node) expose(from, to string) (string, error) {
	var listener net.Listener
	var err error
	failed := n.joined([]string{"net"}, func() { listener, err = net.Listen("tcp", from) })
	if failed != nil {
		return "", failed
	}
	if err != nil {
		return "", err
	}
	go relay(listener, to, dialHere)
	return listener.Addr().String(), nil
}

// reach listens on the machine, and leads to an address of the node.
func (n *node) reach(from, to string) (string, error) {
	listener, err := net.Listen("tcp", from)
	if err != nil {
		return "", err
	}
	go relay(listener, to, n.dialInside)
	return listener.Addr().String(), nil
}

func relay(listener net.Listener, to string, connect dial) {
	for {
		from, err := listener.Accept()
		if err != nil {
			return
		}
		go func() {
			target, err := connect(to)
			if err != nil {
				refuse(from)
				return
			}
			join(from, target)
		}()
	}
}

// refuse resets a connection, so that nobody takes it for an empty answer.
func refuse(connection net.Conn) {
	if tcp, ok := connection.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = connection.Close()
}

type halfCloser interface{ CloseWrite() error }

// join copies both ways until both are through.
func join(a, b net.Conn) {
	through := make(chan struct{}, 2)
	carry := func(to, from net.Conn) {
		_, _ = io.Copy(to, from)
		if half, ok := to.(halfCloser); ok {
			_ = half.CloseWrite()
		}
		through <- struct{}{}
	}
	go carry(a, b)
	go carry(b, a)
	<-through
	<-through
	_ = a.Close()
	_ = b.Close()
}

// tunnel listens on a Unix socket for the API server, which asks there by
// CONNECT for addresses of the cluster; loopback is the machine's own.
func (n *node) tunnel(socket string) error {
	_ = os.Remove(socket)
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return err
	}
	go func() {
		for {
			from, err := listener.Accept()
			if err != nil {
				return
			}
			go n.connect(from)
		}
	}()
	return nil
}

func (n *node) connect(from net.Conn) {
	reader := bufio.NewReader(from)
	asked, err := http.ReadRequest(reader)
	if err != nil || asked.Method != http.MethodConnect {
		_, _ = io.WriteString(from, "HTTP/1.1 405 Method Not Allowed\r\n\r\n")
		_ = from.Close()
		return
	}
	connect := n.dialInside
	if strings.HasPrefix(asked.Host, "127.") {
		connect = dialHere
	}
	target, err := connect(asked.Host)
	if err != nil {
		_, _ = io.WriteString(from, "HTTP/1.1 502 Bad Gateway\r\n\r\n")
		_ = from.Close()
		return
	}
	_, _ = io.WriteString(from, "HTTP/1.1 200 OK\r\n\r\n")
	join(from, target)
}
