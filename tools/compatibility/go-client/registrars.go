package main

import (
	"fmt"
	"time"

	"github.com/hashicorp/consul/api"
)

// secretStore registers as Vault does: first the service, then a check of its own that it keeps alive, and the
// service again whenever its state changes, without that check.
func secretStore(c *api.Client) error {
	const id, check = "vault:127.0.0.1:8200", "vault:127.0.0.1:8200:vault-sealed-check"
	service := &api.AgentServiceRegistration{
		ID: id, Name: "vault", Tags: []string{"standby"}, Port: 8200, Address: "127.0.0.1",
		Meta: map[string]string{"external-source": "vault"},
	}
	if err := c.Agent().ServiceRegister(service); err != nil {
		return err
	}
	err := c.Agent().CheckRegister(&api.AgentCheckRegistration{
		ID: check, Name: "Vault Sealed Status", Notes: "critical while sealed", ServiceID: id,
		AgentServiceCheck: api.AgentServiceCheck{TTL: "5s", Status: api.HealthPassing},
	})
	if err != nil {
		return err
	}
	if err := c.Agent().UpdateTTL(check, "Vault Unsealed", "passing"); err != nil {
		return err
	}
	service.Tags = []string{"active", "initialized"}
	if err := c.Agent().ServiceRegister(service); err != nil {
		return err
	}
	err = eventually(func() error {
		found, _, err := c.Health().Service("vault", "active", true, nil)
		if err != nil {
			return err
		}
		return must(len(found) == 1, "vault %v", found)
	})
	if err != nil {
		return err
	}
	own, err := c.Agent().ChecksWithFilter(`ServiceID == "` + id + `"`)
	if err != nil || own[check] == nil || own[check].Output != "Vault Unsealed" {
		return fmt.Errorf("checks %v: %v", own, err)
	}
	if err := c.Agent().CheckDeregister(check); err != nil {
		return err
	}
	if err := c.Agent().UpdateTTL(check, "", "passing"); err == nil {
		return fmt.Errorf("a check that is gone was kept alive")
	}
	return c.Agent().ServiceDeregister(id)
}

// scheduler registers as Nomad does: what it asks of the agent first, services whose checks follow one by one,
// a sidecar on a port of its own choice, and a comparison of what is there with what should be.
func scheduler(c *api.Client) error {
	self, err := c.Agent().Self()
	if err != nil {
		return err
	}
	for _, key := range []string{"Datacenter", "NodeName", "Version", "Revision", "Server"} {
		if _, found := self["Config"][key]; !found {
			return fmt.Errorf("Config.%s is missing", key)
		}
	}
	if self["xDS"]["Ports"] == nil || self["DebugConfig"]["ConnectEnabled"] != true {
		return fmt.Errorf("xDS %v", self["xDS"])
	}
	const id, check = "_nomad-task-2f6f-group-api-count-api-9001", "_nomad-check-5aa1"
	err = c.Agent().ServiceRegisterOpts(&api.AgentServiceRegistration{
		ID: id, Name: "count-api", Tags: []string{"x"}, Port: 9001, Address: "127.0.0.1", EnableTagOverride: true,
		Meta:            map[string]string{"external-source": "nomad"},
		TaggedAddresses: map[string]api.ServiceAddress{"lan_ipv4": {Address: "127.0.0.1", Port: 9001}},
		Connect: &api.AgentServiceConnect{SidecarService: &api.AgentServiceRegistration{
			Port: 29001, Address: "127.0.0.1",
			Proxy: &api.AgentServiceConnectProxyConfig{
				LocalServiceAddress: "127.0.0.1", LocalServicePort: 9001,
				Config:    map[string]interface{}{"bind_address": "0.0.0.0", "bind_port": 29001},
				Upstreams: []api.Upstream{{DestinationName: "other", LocalBindPort: 8080}},
			},
			Checks: api.AgentServiceChecks{
				{Name: "Connect Sidecar Listening", TCP: "127.0.0.1:29001", Interval: "10s"},
				{Name: "Connect Sidecar Aliasing " + id, AliasService: id},
			},
		}},
	}, api.ServiceRegisterOpts{})
	if err != nil {
		return err
	}
	err = c.Agent().CheckRegisterOpts(&api.AgentCheckRegistration{
		ID: check, Name: "alive", ServiceID: id,
		AgentServiceCheck: api.AgentServiceCheck{
			HTTP: "http://127.0.0.1:1/health", Interval: "60s", Timeout: "1s", Method: "GET", Status: "passing",
			Header: map[string][]string{"X-A": {"b"}},
		},
	}, nil)
	if err != nil {
		return err
	}
	own, err := c.Agent().ServicesWithFilterOpts("", nil)
	if err != nil || own[id] == nil || own[id+"-sidecar-proxy"] == nil {
		return fmt.Errorf("services %v: %v", own, err)
	}
	sidecar := own[id+"-sidecar-proxy"]
	if sidecar.Port != 29001 || sidecar.Proxy == nil || len(sidecar.Proxy.Upstreams) != 1 {
		return fmt.Errorf("sidecar %+v", sidecar)
	}
	checks, err := c.Agent().ChecksWithFilterOpts("", nil)
	if err != nil || checks[check] == nil || checks[check].Type != "http" || len(checks) < 3 {
		return fmt.Errorf("checks %v: %v", checks, err)
	}
	if err := c.Agent().CheckDeregisterOpts(check, nil); err != nil {
		return err
	}
	return c.Agent().ServiceDeregisterOpts(id, nil)
}

// containers registers as registrator does, a check of each kind; scripts are refused to remote callers.
func containers(c *api.Client) error {
	kinds := map[string]*api.AgentServiceCheck{
		"http": {HTTP: "http://127.0.0.1:1/", Interval: "60s", Timeout: "1s", Method: "HEAD"},
		"tcp":  {TCP: "127.0.0.1:1", Interval: "60s"},
		"ttl":  {TTL: "30s", Status: "passing", DeregisterCriticalServiceAfter: "90m"},
		"grpc": {GRPC: "127.0.0.1:1", GRPCUseTLS: true, TLSSkipVerify: true, Interval: "60s"},
		"none": nil,
	}
	for kind, check := range kinds {
		service := &api.AgentServiceRegistration{ID: "host:" + kind + ":80", Name: "box-" + kind, Port: 80, Address: "127.0.0.1", Check: check}
		if err := c.Agent().ServiceRegister(service); err != nil {
			return fmt.Errorf("%s: %w", kind, err)
		}
	}
	err := c.Agent().ServiceRegister(&api.AgentServiceRegistration{
		Name: "box-script", Check: &api.AgentServiceCheck{Args: []string{"true"}, Interval: "60s"},
	})
	if err == nil {
		return fmt.Errorf("a script was taken")
	}
	for kind := range kinds {
		if err := c.Agent().ServiceDeregister("host:" + kind + ":80"); err != nil {
			return err
		}
	}
	return nil
}

// outsiders registers what runs where there is no agent, as synchronisers do, and reports its checks.
func outsiders(c *api.Client) error {
	report := &api.CatalogRegistration{
		Node: "out", Address: "10.9.9.9", SkipNodeUpdate: false,
		NodeMeta: map[string]string{"external-node": "true", "external-probe": "true"},
		Service:  &api.AgentService{ID: "out-1", Service: "out", Port: 443, Tags: []string{"k8s"}},
		Check: &api.AgentCheck{
			Node: "out", CheckID: "out-check", Name: "probe", Status: api.HealthCritical, ServiceID: "out-1",
			Definition: api.HealthCheckDefinition{HTTP: "http://10.9.9.9/", IntervalDuration: 30 * time.Second},
		},
	}
	for _, status := range []string{api.HealthCritical, api.HealthPassing} {
		report.Check.Status = status
		if _, err := c.Catalog().Register(report, nil); err != nil {
			return err
		}
	}
	found, _, err := c.Health().Service("out", "k8s", true, nil)
	if err != nil || len(found) != 1 || found[0].Checks[0].Definition.HTTP != "http://10.9.9.9/" {
		return fmt.Errorf("out %v: %v", found, err)
	}
	outer := &api.QueryOptions{NodeMeta: map[string]string{"external-node": "true"}}
	names, _, err := c.Catalog().Services(outer)
	if err != nil || len(names) != 1 || len(names["out"]) != 1 {
		return fmt.Errorf("names %v: %v", names, err)
	}
	for _, gone := range []*api.CatalogDeregistration{
		{Node: "out", CheckID: "out-check"}, {Node: "out", ServiceID: "out-1"}, {Node: "out"},
	} {
		if _, err := c.Catalog().Deregister(gone, nil); err != nil {
			return err
		}
	}
	node, _, err := c.Catalog().Node("out", nil)
	return must(err == nil && node == nil, "node %v: %v", node, err)
}

// eventually is for what one agent knows at once and a Consul only after its agent has told its servers.
func eventually(holds func() error) error {
	var err error
	for end := time.Now().Add(15 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if err = holds(); err == nil {
			return nil
		}
	}
	return err
}
