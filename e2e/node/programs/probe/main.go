// Command probe is what the containers of the tests run: a server that says
// what it sees from where it is.
package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"time"
)

var broken atomic.Bool

// GET /file?path= answers with a file; PUT writes one.
func file(answer http.ResponseWriter, asked *http.Request) {
	path := asked.URL.Query().Get("path")
	if asked.Method == http.MethodPut {
		content, err := io.ReadAll(asked.Body)
		if err == nil {
			err = os.WriteFile(path, content, 0o644)
		}
		tell(answer, nil, err)
		return
	}
	content, err := os.ReadFile(path)
	tell(answer, content, err)
}

// GET /fetch?url= answers with what that URL answers here; an Authorization
// header goes along.
func fetch(answer http.ResponseWriter, asked *http.Request) {
	request, err := http.NewRequest(http.MethodGet, asked.URL.Query().Get("url"), nil)
	if err != nil {
		tell(answer, nil, err)
		return
	}
	if authorization := asked.Header.Get("Authorization"); authorization != "" {
		request.Header.Set("Authorization", authorization)
	}
	client := &http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{
		DisableKeepAlives: true,
		TLSClientConfig:   &tls.Config{InsecureSkipVerify: true},
	}}
	response, err := client.Do(request)
	if err != nil {
		tell(answer, nil, err)
		return
	}
	defer response.Body.Close()
	answer.WriteHeader(response.StatusCode)
	_, _ = io.Copy(answer, response.Body)
}

// GET /resolve?name= answers with the addresses of a name.
func resolve(answer http.ResponseWriter, asked *http.Request) {
	found, err := net.DefaultResolver.LookupHost(context.Background(), asked.URL.Query().Get("name"))
	tell(answer, []byte(strings.Join(found, "\n")), err)
}

func tell(answer http.ResponseWriter, content []byte, err error) {
	if err != nil {
		http.Error(answer, err.Error(), http.StatusBadGateway)
		return
	}
	_, _ = answer.Write(content)
}

func main() {
	http.HandleFunc("/file", file)
	http.HandleFunc("/fetch", fetch)
	http.HandleFunc("/resolve", resolve)
	// POST /break makes /healthz fail from now on.
	http.HandleFunc("POST /break", func(http.ResponseWriter, *http.Request) { broken.Store(true) })
	http.HandleFunc("/healthz", func(answer http.ResponseWriter, _ *http.Request) {
		if broken.Load() {
			http.Error(answer, "broken", http.StatusInternalServerError)
		}
	})
	fmt.Println("listening on 8080")
	fmt.Fprintln(os.Stderr, http.ListenAndServe(":8080", nil))
	os.Exit(1)
}
