// Kubernetes' own judgement of manifests, without a cluster.
//
//	manifests build FOLDER         prints the manifests of a kustomization, as `kubectl kustomize` does
//	manifests validate CRD FILE    a line of JSON for each object in the file; of custom resources, CRD defines the kind that is known
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

type verdict struct {
	Kind      string   `json:"kind"`
	Namespace string   `json:"namespace"`
	Name      string   `json:"name"`
	Errors    []string `json:"errors"`
	Warnings  []string `json:"warnings"`
	// Of what has pods: what the levels of the Pod Security Standards have against them.
	PodSecurity map[string][]string `json:"podSecurity,omitempty"`
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 2 && args[0] == "build":
		return build(args[1])
	case len(args) == 3 && args[0] == "validate":
		return validate(args[1], args[2])
	default:
		return errors.New("usage: manifests build FOLDER | manifests validate CRD FILE")
	}
}

func build(folder string) error {
	resources, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(filesys.MakeFsOnDisk(), folder)
	if err != nil {
		return err
	}
	text, err := resources.AsYaml()
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(text)
	return err
}

func validate(definition, file string) error {
	custom, err := readCustomKind(definition)
	if err != nil {
		return err
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	out := json.NewEncoder(os.Stdout)
	documents := yaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(content)))
	for {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if len(bytes.TrimSpace(document)) == 0 {
			continue
		}
		if err := out.Encode(judge(document, custom)); err != nil {
			return err
		}
	}
}

func judge(document []byte, custom *customKind) verdict {
	of := verdict{Errors: []string{}, Warnings: []string{}}
	object := &unstructured.Unstructured{}
	text, err := yaml.ToJSON(document)
	if err == nil {
		err = object.UnmarshalJSON(text)
	}
	if err != nil {
		of.add(err)
		return of
	}
	of.Kind, of.Namespace, of.Name = object.GetKind(), object.GetNamespace(), object.GetName()
	if object.GroupVersionKind() == custom.kind {
		custom.judge(object, &of)
	} else {
		judgeNative(document, &of)
	}
	return of
}

func (of *verdict) add(err error) { of.Errors = append(of.Errors, err.Error()) }
