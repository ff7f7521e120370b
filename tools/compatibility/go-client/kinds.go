package main

import (
	"fmt"
	"time"

	"github.com/hashicorp/consul/api"
)

// kinds writes an entry of each kind from the client's own types, reads it back, lists and deletes it.
func kinds(c *api.Client) error {
	written := []api.ConfigEntry{
		&api.ProxyConfigEntry{
			Kind: api.ProxyDefaults, Name: api.ProxyConfigGlobal,
			Config:      map[string]interface{}{"protocol": "http", "local_connect_timeout_ms": 1500},
			MeshGateway: api.MeshGatewayConfig{Mode: api.MeshGatewayModeLocal},
		},
		&api.MeshConfigEntry{TLS: &api.MeshTLSConfig{Incoming: &api.MeshDirectionalTLSConfig{TLSMinVersion: "TLSv1_2"}}},
		&api.ServiceConfigEntry{
			Kind: api.ServiceDefaults, Name: "kind", Protocol: "http", LocalRequestTimeoutMs: 2000,
			UpstreamConfig: &api.UpstreamConfiguration{
				Defaults: &api.UpstreamConfig{
					ConnectTimeoutMs:   1000,
					Limits:             &api.UpstreamLimits{MaxConnections: number(3)},
					PassiveHealthCheck: &api.PassiveHealthCheck{Interval: 5 * time.Second, MaxFailures: 4},
				},
			},
			Meta: map[string]string{"a": "b"},
		},
		&api.ServiceResolverConfigEntry{
			Kind: api.ServiceResolver, Name: "kind", DefaultSubset: "v1", ConnectTimeout: 3 * time.Second,
			Subsets:  map[string]api.ServiceResolverSubset{"v1": {Filter: "Service.Meta.version == v1"}, "v2": {OnlyPassing: true}},
			Failover: map[string]api.ServiceResolverFailover{"*": {Service: "spare"}},
			LoadBalancer: &api.LoadBalancer{
				Policy: "ring_hash", RingHashConfig: &api.RingHashConfig{MinimumRingSize: 64},
				HashPolicies: []api.HashPolicy{{Field: "header", FieldValue: "x-user"}},
			},
		},
		&api.ServiceConfigEntry{Kind: api.ServiceDefaults, Name: "spare", Protocol: "http"},
		&api.ServiceSplitterConfigEntry{
			Kind: api.ServiceSplitter, Name: "kind",
			Splits: []api.ServiceSplit{{Weight: 99.5, ServiceSubset: "v1"}, {Weight: 0.5, ServiceSubset: "v2"}},
		},
		&api.ServiceIntentionsConfigEntry{
			Kind: api.ServiceIntentions, Name: "kind",
			Sources: []*api.SourceIntention{{
				Name: "web",
				Permissions: []*api.IntentionPermission{{
					Action: api.IntentionActionAllow,
					HTTP:   &api.IntentionHTTPPermission{PathPrefix: "/v1", Methods: []string{"GET"}},
				}},
			}},
		},
		&api.IngressGatewayConfigEntry{
			Kind: api.IngressGateway, Name: "door",
			Listeners: []api.IngressListener{{Port: 8080, Protocol: "http", Services: []api.IngressService{{Name: "kind", Hosts: []string{"kind.example"}}}}},
		},
		&api.TerminatingGatewayConfigEntry{
			Kind: api.TerminatingGateway, Name: "exit", Services: []api.LinkedService{{Name: "outer", SNI: "outer.example"}},
		},
		&api.APIGatewayConfigEntry{
			Kind: api.APIGateway, Name: "gate", Listeners: []api.APIGatewayListener{{Name: "l", Port: 9000, Protocol: "http"}},
		},
		&api.HTTPRouteConfigEntry{
			Kind: api.HTTPRoute, Name: "way", Parents: []api.ResourceReference{{Kind: api.APIGateway, Name: "gate", SectionName: "l"}},
			Rules: []api.HTTPRouteRule{{
				Matches:  []api.HTTPMatch{{Path: api.HTTPPathMatch{Match: api.HTTPPathMatchPrefix, Value: "/"}}},
				Services: []api.HTTPService{{Name: "kind", Weight: 1}},
			}},
		},
		&api.TCPRouteConfigEntry{Kind: api.TCPRoute, Name: "pipe", Services: []api.TCPService{{Name: "outer"}}},
		&api.JWTProviderConfigEntry{
			Kind: api.JWTProvider, Name: "tokens", Issuer: "me",
			JSONWebKeySet: &api.JSONWebKeySet{Remote: &api.RemoteJWKS{URI: "https://tokens.example/keys", FetchAsynchronously: true}},
		},
		&api.ExportedServicesConfigEntry{
			Name: "default", Services: []api.ExportedService{{Name: "kind", Consumers: []api.ServiceConsumer{{Peer: "east"}}}},
		},
	}
	for at, entry := range written {
		ok, _, err := c.ConfigEntries().Set(entry, nil)
		if err != nil || !ok {
			return fmt.Errorf("%d: %s/%s: %v: %w", at, entry.GetKind(), entry.GetName(), ok, err)
		}
		if err := isThere(c, entry); err != nil {
			return err
		}
	}
	if err := details(c); err != nil {
		return err
	}
	for at := len(written) - 1; at >= 0; at-- {
		entry := written[at]
		if _, err := c.ConfigEntries().Delete(entry.GetKind(), entry.GetName(), nil); err != nil {
			return fmt.Errorf("deleting %s/%s: %w", entry.GetKind(), entry.GetName(), err)
		}
	}
	return nil
}

func isThere(c *api.Client, entry api.ConfigEntry) error {
	read, _, err := c.ConfigEntries().Get(entry.GetKind(), entry.GetName(), nil)
	if err != nil {
		return fmt.Errorf("reading %s/%s: %w", entry.GetKind(), entry.GetName(), err)
	}
	listed, _, err := c.ConfigEntries().List(entry.GetKind(), nil)
	if err != nil {
		return fmt.Errorf("listing %s: %w", entry.GetKind(), err)
	}
	found := false
	for _, each := range listed {
		found = found || each.GetName() == entry.GetName()
	}
	return must(found && read.GetModifyIndex() != 0, "%s/%s is not listed", entry.GetKind(), entry.GetName())
}

// details looks at values that the client decodes: numbers, durations and what was nested.
func details(c *api.Client) error {
	read, _, err := c.ConfigEntries().Get(api.ServiceDefaults, "kind", nil)
	if err != nil {
		return err
	}
	upstream := read.(*api.ServiceConfigEntry).UpstreamConfig.Defaults
	if upstream.PassiveHealthCheck.Interval != 5*time.Second || *upstream.Limits.MaxConnections != 3 {
		return fmt.Errorf("upstream %+v", upstream)
	}
	read, _, err = c.ConfigEntries().Get(api.ServiceResolver, "kind", nil)
	if err != nil {
		return err
	}
	resolver := read.(*api.ServiceResolverConfigEntry)
	if resolver.ConnectTimeout != 3*time.Second || !resolver.Subsets["v2"].OnlyPassing || resolver.LoadBalancer.RingHashConfig.MinimumRingSize != 64 {
		return fmt.Errorf("resolver %+v", resolver)
	}
	read, _, err = c.ConfigEntries().Get(api.ServiceSplitter, "kind", nil)
	if err != nil {
		return err
	}
	splits := read.(*api.ServiceSplitterConfigEntry).Splits
	if len(splits) != 2 || splits[0].Weight != 99.5 {
		return fmt.Errorf("splits %+v", splits)
	}
	found, _, err := c.DiscoveryChain().Get("spare", nil, nil)
	if err != nil {
		return err
	}
	return must(found.Chain.Protocol == "http", "chain %+v", found.Chain)
}

func number(value int) *int { return &value }
