// The exporter-toolkit as a program: it tells what it has against web configurations, or serves with one.
//
//	toolkit validate FILE...                           a line of JSON for each: {"error": what is wrong, "config": what was read}
//	toolkit serve --config FILE --address HOST:PORT    prints its address, then answers every request that it lets in with "ok"
package main

import (
	"crypto/tls"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"

	"github.com/prometheus/common/config"
	"github.com/prometheus/exporter-toolkit/web"
	"go.yaml.in/yaml/v2"
)

type verdict struct {
	Error  string      `json:"error"`
	Config *web.Config `json:"config"`
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		return errors.New("usage: toolkit validate FILE... | toolkit serve --config FILE --address HOST:PORT")
	}
	switch args[0] {
	case "validate":
		return validate(args[1:])
	case "serve":
		return serve(args[1:])
	default:
		return fmt.Errorf("%q is no command", args[0])
	}
}

func validate(files []string) error {
	config.MarshalSecretValue = true
	out := json.NewEncoder(os.Stdout)
	for _, file := range files {
		if err := out.Encode(judge(file)); err != nil {
			return err
		}
	}
	return nil
}

func judge(file string) verdict {
	if err := web.Validate(file); err != nil {
		return verdict{Error: err.Error()}
	}
	c, err := read(file)
	if err != nil {
		return verdict{Error: err.Error()}
	}
	return verdict{Config: c}
}

// The toolkit reads a file like this, and gives out nothing of it.
func read(file string) (*web.Config, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	c := &web.Config{TLSConfig: web.TLSConfig{MinVersion: tls.VersionTLS12, MaxVersion: tls.VersionTLS13, PreferServerCipherSuites: true}}
	return c, yaml.UnmarshalStrict(content, c)
}

func serve(args []string) error {
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	file := flags.String("config", "", "the web configuration")
	address := flags.String("address", "127.0.0.1:0", "where to listen")
	if err := flags.Parse(args); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", *address)
	if err != nil {
		return err
	}
	fmt.Println(listener.Addr())
	ok := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "ok") })
	logger := slog.New(slog.NewTextHandler(os.Stderr, nil))
	return web.Serve(listener, &http.Server{Handler: ok}, &web.FlagConfig{WebConfigFile: file}, logger)
}
