// World 2 (the ABI stand-in): when the services are looked up, and what is known of them in between.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { describeOnStandin, failedParts, openSource } from './open-standin.ts';
import { runProcesses, servicesIn } from './service-hosts.ts';

describeOnStandin('the services are looked up', (standin) => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
    runProcesses(standin, 812);
    standin.services([{ pid: 812, name: 'BITS' }]);
    standin.serviceManager({});
  });
  afterEach(() => void vi.useRealTimers());

  const lookUps = (): number => standin.serviceCalls().pages;
  const seconds = (count: number): void => void vi.advanceTimersByTime(count * 1000);

  test('at the first read, and again a minute after each look-up', () => {
    const source = openSource(standin.libraries);
    source.read();
    expect(lookUps()).toBe(1);
    seconds(59.9);
    source.read();
    expect(lookUps()).toBe(1);
    seconds(0.1);
    source.read();
    expect(lookUps()).toBe(2);
    seconds(59.9);
    source.read();
    expect(lookUps()).toBe(2);
  });

  test('and what was found stays until then', () => {
    const source = openSource(standin.libraries);
    source.read();
    seconds(50);
    standin.services([{ pid: 812, name: 'Appinfo' }]);
    expect(servicesIn(source.read(), 812)).toEqual(['BITS']);
    seconds(10);
    expect(servicesIn(source.read(), 812)).toEqual(['Appinfo', 'BITS']);
  });

  test.each(['tcp4', 'tcp6', 'udp4', 'udp6'] as const)(
    'in the very read in which a process that is new owns an endpoint: %s',
    (name) => {
      const source = openSource(standin.libraries);
      source.read();
      runProcesses(standin, 900);
      standin.services([{ pid: 900, name: 'Dnscache' }]);
      standin.table(name, { endpoints: [{ state: 2, localPort: 53, pid: 900 }] });
      expect(servicesIn(source.read(), 900)).toEqual(['Dnscache']);
      expect(lookUps()).toBe(2);
    },
  );

  test('once for all processes that are new, whether they host a service or not, and a minute after that', () => {
    const source = openSource(standin.libraries);
    source.read();
    runProcesses(standin, 900, 901);
    standin.services([{ pid: 900, name: 'Dnscache' }]);
    standin.table('udp4', {
      endpoints: [
        { localPort: 53, pid: 900 },
        { localPort: 5000, pid: 901 },
      ],
    });
    seconds(40);
    const first = source.read();
    expect(servicesIn(first, 900)).toEqual(['Dnscache']);
    expect(servicesIn(first, 901)).toEqual([]);
    expect(lookUps()).toBe(2);
    seconds(59.9);
    source.read();
    expect(lookUps()).toBe(2);
    seconds(0.1);
    source.read();
    expect(lookUps()).toBe(3);
  });

  test('not before a minute when a process that is new owns no endpoint, or one that was there before does', () => {
    const source = openSource(standin.libraries);
    source.read();
    runProcesses(standin, 900);
    standin.table('tcp4', { endpoints: [{ state: 2, localPort: 80, pid: 812 }] });
    seconds(59.9);
    source.read();
    expect(lookUps()).toBe(1);
    seconds(0.1);
    source.read();
    expect(lookUps()).toBe(2);
  });

  test('when a process that owns an endpoint has the number of one that has ended', () => {
    const source = openSource(standin.libraries);
    standin.table('tcp4', { endpoints: [{ state: 2, localPort: 80, pid: 812 }] });
    source.read();
    // The stand-in adds: of two with one number the later is told last, and stands.
    standin.queriedProcesses([{ pid: 812, name: 'other.exe', createTime: 7_000_000 }]);
    source.read();
    expect(lookUps()).toBe(2);
  });

  test('not when it owns none; and it has none of the services of the one before', () => {
    const source = openSource(standin.libraries);
    expect(servicesIn(source.read(), 812)).toEqual(['BITS']);
    standin.queriedProcesses([{ pid: 812, name: 'other.exe', createTime: 7_000_000 }]);
    expect(source.read().processes?.get(812)).toEqual({ pid: 812, name: 'other.exe', services: [] });
    expect(lookUps()).toBe(1);
  });

  test('not anew when processes come from Toolhelp, which tells no time; what was found stays', () => {
    const source = openSource(standin.libraries);
    standin.table('tcp4', { endpoints: [{ state: 2, localPort: 80, pid: 812 }] });
    source.read();
    standin.queryFailure(0xc000_0022);
    standin.snapshotProcesses([{ pid: 812, name: 'svchost.exe' }]);
    seconds(40);
    const fromToolhelp = source.read();
    expect(fromToolhelp.parts.processes?.fallback).toContain('CreateToolhelp32Snapshot');
    expect(servicesIn(fromToolhelp, 812)).toEqual(['BITS']);
    expect(lookUps()).toBe(1);
  });

  test('and those found beside processes of Toolhelp stay when the query answers again', () => {
    const source = openSource(standin.libraries);
    standin.table('tcp4', { endpoints: [{ state: 2, localPort: 80, pid: 812 }] });
    standin.queryFailure(0xc000_0022);
    standin.snapshotProcesses([{ pid: 812, name: 'svchost.exe' }]);
    source.read();
    seconds(40);
    const queried = source.read();
    expect(queried.parts.processes).not.toHaveProperty('fallback');
    expect(servicesIn(queried, 812)).toEqual(['BITS']);
    expect(lookUps()).toBe(1);
  });

  test('half a minute after one that failed, whatever is new; until it succeeds every read says why, and the last ones stay', () => {
    const source = openSource(standin.libraries);
    source.read();
    standin.serviceManager({ openFailure: 1115 });
    seconds(60);
    const first = source.read();
    expect(failedParts(first)).toEqual({ services: '1115' });
    expect(servicesIn(first, 812)).toEqual(['BITS']);

    standin.serviceManager({});
    runProcesses(standin, 900);
    standin.table('tcp4', { endpoints: [{ state: 2, localPort: 80, pid: 900 }] });
    seconds(29.9);
    const second = source.read();
    expect(failedParts(second)).toEqual({ services: '1115' });
    expect(second.parts.services?.error?.message).toContain('OpenSCManagerW');
    expect(servicesIn(second, 812)).toEqual(['BITS']);
    expect(lookUps()).toBe(0);

    seconds(0.1);
    expect(failedParts(source.read())).toEqual({});
    expect(lookUps()).toBe(1);
    seconds(59.9);
    source.read();
    expect(lookUps()).toBe(1);
  });

  test('in vain for five minutes, after which the last ones are not shown any more, until there are new ones', () => {
    const source = openSource(standin.libraries);
    source.read();
    standin.serviceManager({ pageFailure: { code: 1726, afterPages: 0 } });
    seconds(300);
    const late = source.read();
    expect(failedParts(late)).toEqual({ services: '1726' });
    expect(servicesIn(late, 812)).toEqual(['BITS']);

    seconds(0.001);
    const tooLate = source.read();
    expect(failedParts(tooLate)).toEqual({ services: '1726' });
    expect(servicesIn(tooLate, 812)).toEqual([]);

    standin.serviceManager({});
    seconds(30);
    expect(servicesIn(source.read(), 812)).toEqual(['BITS']);
  });

  test('half a minute after the first look-up, when that failed', () => {
    standin.serviceManager({ openFailure: 5 });
    const source = openSource(standin.libraries);
    expect(servicesIn(source.read(), 812)).toEqual([]);
    standin.serviceManager({});
    seconds(29.9);
    expect(failedParts(source.read())).toEqual({ services: '5' });
    seconds(0.1);
    expect(servicesIn(source.read(), 812)).toEqual(['BITS']);
  });

  test('with a handle that is closed each time', () => {
    const source = openSource(standin.libraries);
    for (let read = 0; read < 10; read += 1) {
      source.read();
      seconds(60);
    }
    expect(standin.serviceCalls()).toMatchObject({ opened: 10, open: 0 });
  });
});
