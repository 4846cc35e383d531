// The kinds of Kubernetes itself: what its server does before it stores an object that is new.
package main

import (
	"context"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	genericapirequest "k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/apiserver/pkg/warning"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/apis/apps"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	"k8s.io/kubernetes/pkg/apis/core"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	corev1conversion "k8s.io/kubernetes/pkg/apis/core/v1"
	"k8s.io/kubernetes/pkg/apis/rbac"
	_ "k8s.io/kubernetes/pkg/apis/rbac/install"
	"k8s.io/kubernetes/pkg/capabilities"
	"k8s.io/kubernetes/pkg/registry/apps/daemonset"
	"k8s.io/kubernetes/pkg/registry/core/namespace"
	"k8s.io/kubernetes/pkg/registry/rbac/role"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

// Strict: a field that is not known, or is there twice, is an error.
var codecs = serializer.NewCodecFactory(legacyscheme.Scheme, serializer.EnableStrict)

// The decoder puts in what is not said, too: the defaults.
func judgeNative(document []byte, of *verdict) {
	object, kind, err := codecs.UniversalDecoder().Decode(document, nil, nil)
	if err != nil {
		of.add(err)
		return
	}
	switch typed := object.(type) {
	case *apps.DaemonSet:
		create(daemonset.Strategy, *kind, typed, of)
		judgePods(&typed.Spec.Template, of)
	case *core.Namespace:
		create(namespace.Strategy, *kind, typed, of)
	case *rbac.Role:
		create(role.Strategy, *kind, typed, of)
	default:
		of.add(fmt.Errorf("%s: nothing is known here of this kind", of.Kind))
	}
}

// As kubeadm starts the server. Without it there are no HostProcess containers either.
func init() { capabilities.Initialize(capabilities.Capabilities{AllowPrivileged: true}) }

func create(strategy rest.RESTCreateStrategy, kind schema.GroupVersionKind, object runtime.Object, of *verdict) {
	accessor, err := meta.Accessor(object)
	if err != nil {
		of.add(err)
		return
	}
	rest.FillObjectMetaSystemFields(accessor)
	ctx := genericapirequest.WithNamespace(context.Background(), accessor.GetNamespace())
	ctx = genericapirequest.WithRequestInfo(ctx, &genericapirequest.RequestInfo{APIGroup: kind.Group, APIVersion: kind.Version})
	err = rest.BeforeCreate(strategy, warning.WithWarningRecorder(ctx, recorder{of}), object)
	if status, ok := err.(apierrors.APIStatus); ok && status.Status().Details != nil && len(status.Status().Details.Causes) > 0 {
		for _, cause := range status.Status().Details.Causes {
			of.add(fmt.Errorf("%s: %s", cause.Field, cause.Message))
		}
	} else if err != nil {
		of.add(err)
	}
}

type recorder struct{ of *verdict }

func (r recorder) AddWarning(_, text string) { r.of.Warnings = append(r.of.Warnings, text) }

func judgePods(template *core.PodTemplateSpec, of *verdict) {
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		of.add(err)
		return
	}
	pods := &corev1.PodTemplateSpec{}
	if err := corev1conversion.Convert_core_PodTemplateSpec_To_v1_PodTemplateSpec(template, pods, nil); err != nil {
		of.add(err)
		return
	}
	of.PodSecurity = map[string][]string{}
	for _, level := range []api.Level{api.LevelPrivileged, api.LevelBaseline, api.LevelRestricted} {
		reasons := []string{}
		for _, result := range evaluator.EvaluatePod(api.LevelVersion{Level: level, Version: api.LatestVersion()}, &pods.ObjectMeta, &pods.Spec) {
			if !result.Allowed {
				reasons = append(reasons, fmt.Sprintf("%s (%s)", result.ForbiddenReason, result.ForbiddenDetail))
			}
		}
		of.PodSecurity[string(level)] = reasons
	}
}
