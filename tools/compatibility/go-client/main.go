// A program on Consul's Go client that goes through what services, registrators and operators do with it,
// and prints a line for each step. It ends with 1 at the first step that does not do what it should.
package main

import (
	"fmt"
	"os"
	"time"

	"github.com/hashicorp/consul/api"
	"github.com/hashicorp/consul/api/watch"
)

func main() {
	client, err := api.NewClient(api.DefaultConfig())
	if err != nil {
		fail("client", err)
	}
	for _, each := range []struct {
		name string
		run  func(*api.Client) error
	}{
		{"status", status},
		{"agent", agent},
		{"services and checks", services},
		{"maintenance", maintenance},
		{"catalog", catalog},
		{"health", health},
		{"blocking", blocking},
		{"filters", filters},
		{"intentions", intentions},
		{"config entries", entries},
		{"certificates", certificates},
		{"discovery chain", chain},
		{"operator", operator},
		{"coordinates", coordinates},
		{"watch plan", plan},
		{"watches of every type", watches},
		{"modes of consistency", consistency},
		{"a wait that is given up", givenUp},
		{"log", logLines},
		{"entries of every kind", kinds},
		{"registration by a secret store", secretStore},
		{"registration by a scheduler", scheduler},
		{"registration of containers", containers},
		{"registration from outside", outsiders},
		{"deregistration", deregistration},
	} {
		if err := each.run(client); err != nil {
			fail(each.name, err)
		}
		fmt.Println("ok", each.name)
	}
}

func fail(step string, err error) {
	fmt.Println("failed", step+":", err)
	os.Exit(1)
}

// must turns an expectation into an error.
func must(holds bool, format string, about ...any) error {
	if holds {
		return nil
	}
	return fmt.Errorf(format, about...)
}

func status(c *api.Client) error {
	leader, err := c.Status().Leader()
	if err != nil {
		return err
	}
	peers, err := c.Status().Peers()
	if err != nil {
		return err
	}
	return must(leader != "" && len(peers) == 1 && peers[0] == leader, "leader %q, peers %v", leader, peers)
}

func agent(c *api.Client) error {
	self, err := c.Agent().Self()
	if err != nil {
		return err
	}
	if self["Config"]["Datacenter"] != "dc1" {
		return fmt.Errorf("datacenter %v", self["Config"]["Datacenter"])
	}
	name, err := c.Agent().NodeName()
	if err != nil || name == "" {
		return fmt.Errorf("node name %q: %v", name, err)
	}
	members, err := c.Agent().MembersOpts(api.MembersOpts{Segment: api.AllSegments})
	if err != nil {
		return err
	}
	if len(members) != 1 || members[0].Name != name {
		return fmt.Errorf("members %v", members)
	}
	if _, err := c.Agent().Host(); err != nil {
		return err
	}
	if _, err := c.Agent().Metrics(); err != nil {
		return err
	}
	if err := c.Agent().Reload(); err != nil {
		return err
	}
	_, _, err = c.ACL().TokenReadSelf(nil)
	return must(err != nil, "a token of one's own without ACLs")
}

func services(c *api.Client) error {
	err := c.Agent().ServiceRegister(&api.AgentServiceRegistration{
		ID: "go-1", Name: "go", Port: 7001, Address: "127.0.0.1", Tags: []string{"a", "b"},
		Meta:    map[string]string{"version": "1"},
		Weights: &api.AgentWeights{Passing: 3, Warning: 1},
		Check: &api.AgentServiceCheck{
			CheckID: "go-ttl", TTL: "60s", DeregisterCriticalServiceAfter: "90m",
		},
		Connect: &api.AgentServiceConnect{SidecarService: &api.AgentServiceRegistration{}},
	})
	if err != nil {
		return err
	}
	if err := c.Agent().UpdateTTL("go-ttl", "all well", api.HealthPassing); err != nil {
		return err
	}
	own, err := c.Agent().Services()
	if err != nil {
		return err
	}
	if own["go-1"] == nil || own["go-1-sidecar-proxy"] == nil || own["go-1"].Weights.Passing != 3 {
		return fmt.Errorf("services %v", own)
	}
	one, _, err := c.Agent().Service("go-1", nil)
	if err != nil || one.Meta["version"] != "1" || one.ContentHash == "" {
		return fmt.Errorf("service %v: %v", one, err)
	}
	state, infos, err := c.Agent().AgentHealthServiceByName("go")
	if err != nil || state != api.HealthPassing || len(infos) != 1 {
		return fmt.Errorf("state %q %v: %v", state, infos, err)
	}
	err = c.Agent().CheckRegister(&api.AgentCheckRegistration{
		ID: "go-extra", Name: "extra", ServiceID: "go-1",
		AgentServiceCheck: api.AgentServiceCheck{TTL: "30s", Status: api.HealthPassing},
	})
	if err != nil {
		return err
	}
	if err := c.Agent().WarnTTL("go-extra", "slow"); err != nil {
		return err
	}
	checks, err := c.Agent().ChecksWithFilter(`ServiceID == "go-1"`)
	if err != nil || len(checks) != 2 || checks["go-extra"].Status != api.HealthWarning {
		return fmt.Errorf("checks %v: %v", checks, err)
	}
	return c.Agent().CheckDeregister("go-extra")
}

func maintenance(c *api.Client) error {
	if err := c.Agent().EnableServiceMaintenance("go-1", "upgrade"); err != nil {
		return err
	}
	state, _, err := c.Agent().AgentHealthServiceByID("go-1")
	if err != nil || state != api.HealthMaint && state != api.HealthCritical {
		return fmt.Errorf("state %q: %v", state, err)
	}
	if err := c.Agent().DisableServiceMaintenance("go-1"); err != nil {
		return err
	}
	if err := c.Agent().EnableNodeMaintenance("all of it"); err != nil {
		return err
	}
	return c.Agent().DisableNodeMaintenance()
}

func catalog(c *api.Client) error {
	_, err := c.Catalog().Register(&api.CatalogRegistration{
		Node: "outside", Address: "10.1.2.3", NodeMeta: map[string]string{"external": "true"},
		Service: &api.AgentService{ID: "ext-1", Service: "ext", Port: 443},
		Checks:  api.HealthChecks{{Node: "outside", CheckID: "ext-ok", Name: "ok", Status: api.HealthPassing, ServiceID: "ext-1"}},
	}, nil)
	if err != nil {
		return err
	}
	names, meta, err := c.Catalog().Services(&api.QueryOptions{AllowStale: true})
	if err != nil || names["ext"] == nil || meta.LastIndex == 0 || !meta.KnownLeader {
		return fmt.Errorf("names %v %+v: %v", names, meta, err)
	}
	found, _, err := c.Catalog().Service("go", "a", nil)
	if err != nil || len(found) != 1 || found[0].ServicePort != 7001 {
		return fmt.Errorf("service %v: %v", found, err)
	}
	nodes, _, err := c.Catalog().Nodes(&api.QueryOptions{NodeMeta: map[string]string{"external": "true"}})
	if err != nil || len(nodes) != 1 {
		return fmt.Errorf("nodes %v: %v", nodes, err)
	}
	node, _, err := c.Catalog().Node("outside", nil)
	if err != nil || node.Services["ext-1"] == nil {
		return fmt.Errorf("node %v: %v", node, err)
	}
	list, _, err := c.Catalog().NodeServiceList("outside", nil)
	if err != nil || len(list.Services) != 1 {
		return fmt.Errorf("list %v: %v", list, err)
	}
	datacenters, err := c.Catalog().Datacenters()
	if err != nil || len(datacenters) != 1 {
		return fmt.Errorf("datacenters %v: %v", datacenters, err)
	}
	if _, _, err := c.Catalog().GatewayServices("none", nil); err != nil {
		return err
	}
	_, err = c.Catalog().Deregister(&api.CatalogDeregistration{Node: "outside"}, nil)
	return err
}

func health(c *api.Client) error {
	entries, _, err := c.Health().Service("go", "a", true, nil)
	if err != nil || len(entries) != 1 || entries[0].Checks.AggregatedStatus() != api.HealthPassing {
		return fmt.Errorf("entries %v: %v", entries, err)
	}
	several, _, err := c.Health().ServiceMultipleTags("go", []string{"a", "b"}, false, nil)
	if err != nil || len(several) != 1 {
		return fmt.Errorf("several %v: %v", several, err)
	}
	proxies, _, err := c.Health().Connect("go", "", false, nil)
	if err != nil || len(proxies) != 1 || proxies[0].Service.Proxy.DestinationServiceName != "go" {
		return fmt.Errorf("proxies %v: %v", proxies, err)
	}
	checks, _, err := c.Health().Checks("go", nil)
	if err != nil || len(checks) != 1 {
		return fmt.Errorf("checks %v: %v", checks, err)
	}
	all, _, err := c.Health().State(api.HealthAny, nil)
	if err != nil || len(all) < 2 {
		return fmt.Errorf("state %v: %v", all, err)
	}
	if _, _, err := c.Health().Ingress("go", false, nil); err != nil {
		return err
	}
	name, _ := c.Agent().NodeName()
	_, _, err = c.Health().Node(name, nil)
	return err
}

// blocking waits for a change of one service, while another one changes.
func blocking(c *api.Client) error {
	_, meta, err := c.Health().Service("late", "", false, nil)
	if err != nil {
		return err
	}
	woken := make(chan error, 1)
	go func() {
		entries, _, err := c.Health().Service("late", "", false, &api.QueryOptions{WaitIndex: meta.LastIndex, WaitTime: 20 * time.Second})
		if err == nil {
			err = must(len(entries) == 1, "woken with %v", entries)
		}
		woken <- err
	}()
	time.Sleep(100 * time.Millisecond)
	for _, name := range []string{"other", "late"} {
		select {
		case err := <-woken:
			return fmt.Errorf("woken too soon: %v", err)
		default:
		}
		if err := c.Agent().ServiceRegister(&api.AgentServiceRegistration{Name: name, Port: 7002}); err != nil {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
	return <-woken
}

func filters(c *api.Client) error {
	own, err := c.Agent().ServicesWithFilter(`Service == "go" and Meta.version == "1"`)
	if err != nil || len(own) != 1 {
		return fmt.Errorf("own %v: %v", own, err)
	}
	found, _, err := c.Health().Service("go", "", false, &api.QueryOptions{Filter: `Service.Port in ["7001"] or Service.Tags contains "z"`})
	if err == nil {
		return fmt.Errorf("a list on the right was taken: %v", found)
	}
	found, _, err = c.Health().Service("go", "", false, &api.QueryOptions{Filter: `"b" in Service.Tags and Service.Port != 1`})
	if err != nil || len(found) != 1 {
		return fmt.Errorf("found %v: %v", found, err)
	}
	_, _, err = c.Catalog().Nodes(&api.QueryOptions{Filter: `Nope == 1`})
	return must(err != nil, "a selector that does not exist was taken")
}

func intentions(c *api.Client) error {
	_, err := c.Connect().IntentionUpsert(&api.Intention{SourceName: "go", DestinationName: "db", Action: api.IntentionActionDeny}, nil)
	if err != nil {
		return err
	}
	allowed, _, err := c.Connect().IntentionCheck(&api.IntentionCheck{Source: "go", Destination: "db"}, nil)
	if err != nil || allowed {
		return fmt.Errorf("allowed %v: %v", allowed, err)
	}
	one, _, err := c.Connect().IntentionGetExact("go", "db", nil)
	if err != nil || one == nil || one.Precedence != 9 {
		return fmt.Errorf("intention %v: %v", one, err)
	}
	matched, _, err := c.Connect().IntentionMatch(&api.IntentionMatch{By: api.IntentionMatchDestination, Names: []string{"db"}}, nil)
	if err != nil || len(matched["db"]) != 1 {
		return fmt.Errorf("matched %v: %v", matched, err)
	}
	listed, _, err := c.Connect().Intentions(&api.QueryOptions{Filter: `Action == "deny"`})
	if err != nil || len(listed) != 1 {
		return fmt.Errorf("listed %v: %v", listed, err)
	}
	_, err = c.Connect().IntentionDeleteExact("go", "db", nil)
	return err
}

func entries(c *api.Client) error {
	written, _, err := c.ConfigEntries().Set(&api.ServiceConfigEntry{Kind: api.ServiceDefaults, Name: "go", Protocol: "http", MaxInboundConnections: 10}, nil)
	if err != nil || !written {
		return fmt.Errorf("written %v: %v", written, err)
	}
	written, _, err = c.ConfigEntries().Set(&api.ServiceRouterConfigEntry{
		Kind: api.ServiceRouter, Name: "go",
		Routes: []api.ServiceRoute{{
			Match:       &api.ServiceRouteMatch{HTTP: &api.ServiceRouteHTTPMatch{PathPrefix: "/v2"}},
			Destination: &api.ServiceRouteDestination{Service: "go", RequestTimeout: 5 * time.Second, NumRetries: 3},
		}},
	}, nil)
	if err != nil || !written {
		return fmt.Errorf("router %v: %v", written, err)
	}
	read, _, err := c.ConfigEntries().Get(api.ServiceRouter, "go", nil)
	if err != nil {
		return err
	}
	router := read.(*api.ServiceRouterConfigEntry)
	if len(router.Routes) != 1 || router.Routes[0].Destination.RequestTimeout != 5*time.Second {
		return fmt.Errorf("router %+v", router)
	}
	list, _, err := c.ConfigEntries().List(api.ServiceDefaults, nil)
	if err != nil || len(list) != 1 {
		return fmt.Errorf("list %v: %v", list, err)
	}
	written, _, err = c.ConfigEntries().CAS(&api.ServiceConfigEntry{Kind: api.ServiceDefaults, Name: "go", Protocol: "grpc"}, 1, nil)
	if err != nil || written {
		return fmt.Errorf("a stale index wrote: %v %v", written, err)
	}
	_, _, err = c.ConfigEntries().Set(&api.ServiceConfigEntry{Kind: api.ServiceDefaults, Name: "go", Protocol: "tcp"}, nil)
	if err == nil {
		return fmt.Errorf("the router was left without a protocol that has routes")
	}
	for _, kind := range []string{api.ServiceRouter, api.ServiceDefaults} {
		if _, err := c.ConfigEntries().Delete(kind, "go", nil); err != nil {
			return err
		}
	}
	_, _, err = c.ConfigEntries().Get(api.ServiceRouter, "go", nil)
	return must(err != nil, "a deleted entry was read")
}

func certificates(c *api.Client) error {
	roots, _, err := c.Connect().CARoots(nil)
	if err != nil || len(roots.Roots) != 1 || roots.ActiveRootID != roots.Roots[0].ID {
		return fmt.Errorf("roots %v: %v", roots, err)
	}
	leaf, meta, err := c.Agent().ConnectCALeaf("go", nil)
	if err != nil || leaf.CertPEM == "" || leaf.PrivateKeyPEM == "" || meta.LastIndex == 0 {
		return fmt.Errorf("leaf %v: %v", leaf, err)
	}
	authorized, err := c.Agent().ConnectAuthorize(&api.AgentAuthorizeParams{
		Target: "db", ClientCertURI: leaf.ServiceURI, ClientCertSerial: leaf.SerialNumber,
	})
	if err != nil || !authorized.Authorized {
		return fmt.Errorf("authorized %v: %v", authorized, err)
	}
	config, _, err := c.Connect().CAGetConfig(nil)
	if err != nil || config.Provider != "consul" {
		return fmt.Errorf("config %v: %v", config, err)
	}
	_, err = c.Connect().CASetConfig(config, nil)
	return err
}

func chain(c *api.Client) error {
	found, _, err := c.DiscoveryChain().Get("go", nil, nil)
	if err != nil {
		return err
	}
	return must(found.Chain.Protocol == "tcp" && len(found.Chain.Targets) == 1, "chain %+v", found.Chain)
}

func operator(c *api.Client) error {
	raft, err := c.Operator().RaftGetConfiguration(nil)
	if err != nil || len(raft.Servers) != 1 || !raft.Servers[0].Leader {
		return fmt.Errorf("raft %v: %v", raft, err)
	}
	err = eventually(func() error {
		reply, err := c.Operator().AutopilotServerHealth(nil)
		return must(err == nil && reply.Healthy, "autopilot %v: %v", reply, err)
	})
	if err != nil {
		return err
	}
	usage, _, err := c.Operator().Usage(nil)
	if err != nil || usage.Usage["dc1"].Nodes != 1 {
		return fmt.Errorf("usage %v: %v", usage, err)
	}
	peerings, _, err := c.Peerings().List(nil, nil)
	return must(err == nil && len(peerings) == 0, "peerings %v: %v", peerings, err)
}

func coordinates(c *api.Client) error {
	if _, err := c.Coordinate().Datacenters(); err != nil {
		return err
	}
	_, _, err := c.Coordinate().Nodes(nil)
	return err
}

// plan is what consul watch and Traefik are made of.
func plan(c *api.Client) error {
	watched, err := watch.Parse(map[string]interface{}{"type": "service", "service": "planned"})
	if err != nil {
		return err
	}
	seen := make(chan int, 16)
	watched.Handler = func(_ uint64, result interface{}) {
		seen <- len(result.([]*api.ServiceEntry))
	}
	go func() { _ = watched.RunWithClientAndHclog(c, nil) }()
	defer watched.Stop()
	if first := <-seen; first != 0 {
		return fmt.Errorf("%d instances before there is one", first)
	}
	if err := c.Agent().ServiceRegister(&api.AgentServiceRegistration{Name: "planned", Port: 7003}); err != nil {
		return err
	}
	select {
	case count := <-seen:
		return must(count == 1, "%d instances", count)
	case <-time.After(10 * time.Second):
		return fmt.Errorf("the watch was not woken")
	}
}

func deregistration(c *api.Client) error {
	for _, id := range []string{"go-1", "other", "late", "planned"} {
		if err := c.Agent().ServiceDeregister(id); err != nil {
			return err
		}
	}
	own, err := c.Agent().Services()
	if err != nil || len(own) != 0 {
		return fmt.Errorf("left over %v: %v", own, err)
	}
	return must(c.Agent().ServiceDeregister("go-1") != nil, "a service was deregistered twice")
}
