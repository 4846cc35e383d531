// Custom resources: what the server does with them by the CustomResourceDefinition of their kind.
package main

import (
	"fmt"
	"os"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apiextensions-apiserver/pkg/registry/customresource"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured/unstructuredscheme"
	runtimeschema "k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/registry/rest"
	"sigs.k8s.io/yaml"
)

type customKind struct {
	kind       runtimeschema.GroupVersionKind
	structural *schema.Structural
	strategy   rest.RESTCreateStrategy
}

// The version that is stored, of a definition in a file.
func readCustomKind(file string) (*customKind, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	written := &apiextensionsv1.CustomResourceDefinition{}
	if err := yaml.UnmarshalStrict(content, written); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	apiextensionsv1.SetDefaults_CustomResourceDefinition(written)
	definition := &apiextensions.CustomResourceDefinition{}
	if err := apiextensionsv1.Convert_v1_CustomResourceDefinition_To_apiextensions_CustomResourceDefinition(written, definition, nil); err != nil {
		return nil, err
	}
	for _, version := range definition.Spec.Versions {
		if version.Storage {
			return newCustomKind(definition, version.Name)
		}
	}
	return nil, fmt.Errorf("%s: no version is stored", file)
}

func newCustomKind(definition *apiextensions.CustomResourceDefinition, version string) (*customKind, error) {
	properties, err := apiextensions.GetSchemaForVersion(definition, version)
	if err != nil {
		return nil, err
	}
	structural, err := schema.NewStructural(properties.OpenAPIV3Schema)
	if err != nil {
		return nil, err
	}
	validator, _, err := validation.NewSchemaValidator(properties.OpenAPIV3Schema)
	if err != nil {
		return nil, err
	}
	kind := runtimeschema.GroupVersionKind{Group: definition.Spec.Group, Version: version, Kind: definition.Spec.Names.Kind}
	namespaced := definition.Spec.Scope == apiextensions.NamespaceScoped
	strategy := customresource.NewStrategy(unstructuredscheme.NewUnstructuredObjectTyper(), namespaced, kind, validator, nil, structural, nil, nil, nil)
	return &customKind{kind, structural, strategy}, nil
}

func (c *customKind) judge(object *unstructured.Unstructured, of *verdict) {
	options := schema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true}
	for _, path := range pruning.PruneWithOptions(object.Object, c.structural, true, options) {
		of.add(fmt.Errorf("unknown field %q", path))
	}
	defaulting.Default(object.Object, c.structural)
	create(c.strategy, c.kind, object, of)
}
