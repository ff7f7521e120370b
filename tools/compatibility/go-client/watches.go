package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/consul/api"
	"github.com/hashicorp/consul/api/watch"
)

// watches runs a plan of each type, and expects each to be called at first and, where something changed, again.
func watches(c *api.Client) error {
	register := func(port int) error {
		return c.Agent().ServiceRegister(&api.AgentServiceRegistration{
			ID: "seen", Name: "seen", Port: port, Tags: []string{"t"},
			Check: &api.AgentServiceCheck{CheckID: "seen-ttl", TTL: "60s"},
		})
	}
	if err := register(7100); err != nil {
		return err
	}
	defer func() { _ = c.Agent().ServiceDeregister("seen") }()
	err := eventually(func() error {
		found, _, err := c.Catalog().Service("seen", "", nil)
		return must(err == nil && len(found) == 1, "found %v: %v", found, err)
	})
	if err != nil {
		return err
	}
	steady := []map[string]interface{}{
		{"type": "nodes"}, {"type": "connect_roots"}, {"type": "connect_leaf", "service": "seen"},
	}
	changing := []map[string]interface{}{
		{"type": "services"},
		{"type": "service", "service": "seen", "tag": "t", "passingonly": true},
		{"type": "checks", "service": "seen"},
		{"type": "checks", "state": "passing"},
		{"type": "agent_service", "service_id": "seen"},
	}
	calls := make([]chan struct{}, 0, len(changing))
	for at, params := range append(append([]map[string]interface{}{}, steady...), changing...) {
		called, stop, err := follow(c, params)
		if err != nil {
			return err
		}
		defer stop()
		if err := waitFor(called); err != nil {
			return fmt.Errorf("%v: first: %w", params, err)
		}
		if at >= len(steady) {
			calls = append(calls, called)
		}
	}
	if err := c.Agent().UpdateTTL("seen-ttl", "well", api.HealthPassing); err != nil {
		return err
	}
	if err := register(7101); err != nil {
		return err
	}
	if err := c.Agent().ServiceRegister(&api.AgentServiceRegistration{Name: "seen-too"}); err != nil {
		return err
	}
	defer func() { _ = c.Agent().ServiceDeregister("seen-too") }()
	for at, called := range calls {
		if err := waitFor(called); err != nil {
			return fmt.Errorf("%v: again: %w", changing[at], err)
		}
	}
	return nil
}

// follow starts a plan, whose calls arrive on a channel.
func follow(c *api.Client, params map[string]interface{}) (chan struct{}, func(), error) {
	copied := map[string]interface{}{}
	for key, value := range params {
		copied[key] = value
	}
	plan, err := watch.Parse(copied)
	if err != nil {
		return nil, nil, err
	}
	called := make(chan struct{}, 64)
	plan.HybridHandler = func(watch.BlockingParamVal, interface{}) { called <- struct{}{} }
	go func() { _ = plan.RunWithClientAndHclog(c, nil) }()
	return called, plan.Stop, nil
}

func waitFor(called <-chan struct{}) error {
	select {
	case <-called:
		return nil
	case <-time.After(10 * time.Second):
		return errors.New("was not called")
	}
}

// consistency asks in every mode that clients have, and looks at what comes back beside the answer.
func consistency(c *api.Client) error {
	for name, opts := range map[string]*api.QueryOptions{
		"default": nil, "stale": {AllowStale: true}, "consistent": {RequireConsistent: true},
		"near": {Near: "_agent"}, "meta": {NodeMeta: map[string]string{"no": "body"}},
		"cached": {UseCache: true, MaxAge: time.Minute, StaleIfError: time.Hour}, "datacenter": {Datacenter: "dc1"},
	} {
		_, meta, err := c.Health().Service("none", "", false, opts)
		if err != nil || meta.LastIndex == 0 {
			return fmt.Errorf("%s: %+v: %v", name, meta, err)
		}
	}
	for name, opts := range map[string]*api.QueryOptions{
		"both": {AllowStale: true, RequireConsistent: true}, "elsewhere": {Datacenter: "dc9"},
	} {
		_, _, err := c.Catalog().Services(opts)
		var refused api.StatusError
		if !errors.As(err, &refused) {
			return fmt.Errorf("%s: %v", name, err)
		}
	}
	short := &api.QueryOptions{WaitIndex: 1 << 40, WaitTime: 200 * time.Millisecond}
	before := time.Now()
	if _, _, err := c.Catalog().Nodes(short); err != nil {
		return err
	}
	return must(time.Since(before) < 5*time.Second, "waited %v", time.Since(before))
}

// given up by its client, a wait ends; the next request on the same client is answered.
func givenUp(c *api.Client) error {
	_, meta, err := c.Catalog().Nodes(nil)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	opts := (&api.QueryOptions{WaitIndex: meta.LastIndex, WaitTime: time.Minute}).WithContext(ctx)
	if _, _, err := c.Catalog().Connect("none", "", opts); err == nil {
		return must(ctx.Err() == nil, "a wait outlived its client")
	}
	_, err = c.Status().Leader()
	return err
}

// log follows the agent's log until there is a line of what was just done.
func logLines(c *api.Client) error {
	stop := make(chan struct{})
	defer close(stop)
	lines, err := c.Agent().Monitor("debug", stop, nil)
	if err != nil {
		return err
	}
	ask := time.NewTicker(100 * time.Millisecond)
	defer ask.Stop()
	end := time.After(10 * time.Second)
	for {
		select {
		case line := <-lines:
			if line != "" {
				return nil
			}
		case <-ask.C:
			if _, err := c.Status().Leader(); err != nil {
				return err
			}
		case <-end:
			return errors.New("no line in the log")
		}
	}
}
