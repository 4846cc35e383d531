// World: none. The UUIDs that are expected are those of Python's uuid.uuid5.
import { describe, expect, it } from 'vitest';
import { type ResourceFacts, resourceAttributes } from '../../../src/outputs/otlp/resource.ts';

const FACTS: ResourceFacts = {
  version: '1.2.3',
  hostName: 'web-1',
  machineId: '0123456789abcdef0123456789abcdef',
  platform: 'linux',
  listenAddresses: [':19182'],
  own: {},
};

function instanceId(facts: Partial<ResourceFacts>): string | undefined {
  return resourceAttributes({ ...FACTS, ...facts })['service.instance.id'];
}

describe('the resource', () => {
  it('names the service, its instance and the host', () => {
    expect(resourceAttributes(FACTS)).toEqual({
      'service.name': 'netstat-exporter',
      'service.version': '1.2.3',
      'service.instance.id': 'dff7f7bf-5e17-5806-ab0a-08b9266e0c56',
      'host.name': 'web-1',
      'host.id': '0123456789abcdef0123456789abcdef',
      'os.type': 'linux',
    });
  });

  it('has no host.id where the machine has none; its instance follows from the host name then', () => {
    const attributes = resourceAttributes({ ...FACTS, machineId: undefined });
    expect(attributes).not.toHaveProperty(['host.id']);
    expect(attributes['service.instance.id']).toBe('689a1df3-3872-5c72-87b1-c02a4246e49a');
  });

  it.each([
    ['win32', 'windows'],
    ['linux', 'linux'],
    ['darwin', 'darwin'],
    ['freebsd', 'freebsd'],
    ['sunos', 'solaris'],
  ] as const)('says on %s that the OS is %s', (platform, type) => {
    expect(resourceAttributes({ ...FACTS, platform })['os.type']).toBe(type);
  });
});

describe('the instance', () => {
  it('is the same whatever the order of its listen addresses', () => {
    const both = 'f2b5a5c4-db4c-5f27-91e6-9698f5719029';
    expect(instanceId({ listenAddresses: ['127.0.0.1:9100', '[::1]:9100'] })).toBe(both);
    expect(instanceId({ listenAddresses: ['[::1]:9100', '127.0.0.1:9100'] })).toBe(both);
  });

  it('is another on another machine, and at another address', () => {
    const ids = [
      instanceId({}),
      instanceId({ machineId: 'fedcba9876543210fedcba9876543210' }),
      instanceId({ listenAddresses: [':19183'] }),
      instanceId({ listenAddresses: [':19182', ':19183'] }),
      instanceId({ listenAddresses: [] }),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is the same after an update of the exporter, and after the host was renamed', () => {
    expect(instanceId({ version: '2.0.0', hostName: 'web-2' })).toBe(instanceId({}));
  });
});

describe('the own attributes', () => {
  it('are added, and replace ours of the same name', () => {
    const own = {
      'service.name': 'ports',
      'service.instance.id': 'a',
      'host.id': 'i-0abc',
      'deployment.environment.name': 'x',
    };
    expect(resourceAttributes({ ...FACTS, own })).toEqual({ ...resourceAttributes(FACTS), ...own });
  });

  it('replace ours with an empty value, too', () => {
    expect(resourceAttributes({ ...FACTS, own: { 'host.id': '' } })['host.id']).toBe('');
  });

  it('may have any name', () => {
    const own = Object.fromEntries([['__proto__', 'x']]);
    expect(Object.entries(resourceAttributes({ ...FACTS, own }))).toContainEqual(['__proto__', 'x']);
  });
});
