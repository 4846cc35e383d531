// World: none. Whether answers are what docs/api.schema.json says, and the words in it those of the code.
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { aggregate } from '../../src/metrics/aggregate.ts';
import { OPERATING_SYSTEMS, PARTS, type Snapshot } from '../../src/model/snapshot.ts';
import { ADDRESS_FAMILIES, PROTOCOLS } from '../../src/model/sockets.ts';
import { TCP_STATES } from '../../src/model/states.ts';
import { parseRecording } from '../../src/sources/replay/parse.ts';
import { CHANGES, GROUPINGS } from '../../src/views/endpoint.ts';
import { parseQuestion, type Question } from '../../src/views/looking/question.ts';
import { Viewer } from '../../src/views/looking/viewer.ts';
import { FILTER_NAMES } from '../../src/views/selection/filter-parameters.ts';
import { DEFAULT_SETTINGS } from '../support/settings.ts';
import { snapshotOf } from '../support/snapshots.ts';

const SCHEMA = JSON.parse(readFileSync(new URL('../../docs/api.schema.json', import.meta.url), 'utf8'));
const ajv = new Ajv2020({
  allErrors: true,
  allowUnionTypes: true,
  formats: { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/ },
});
ajv.addSchema(SCHEMA, 'api');

/** What is wrong with an answer, in words; empty where nothing is. */
function faults(definition: string, answer: unknown): string {
  const validate = ajv.compile({ $ref: `api#/$defs/${definition}` });
  return validate(answer) ? '' : ajv.errorsText(validate.errors);
}

function viewerOf(...snapshots: readonly Snapshot[]): Viewer {
  const settings = { ...DEFAULT_SETTINGS, pidLabel: true };
  const viewer = new Viewer(settings);
  for (const snapshot of snapshots) {
    viewer.release();
    viewer.collected(snapshot, aggregate(snapshot, settings));
    ask(viewer, 'endpoints', 'changes=true');
  }
  return viewer;
}

function ask(viewer: Viewer, kind: Question['kind'], query = ''): unknown {
  const look = viewer.look(parseQuestion(kind, new URLSearchParams(query)), []);
  return look.state === 'seen' ? JSON.parse(new TextDecoder().decode(look.body)) : look.state;
}

const WINDOWS = parseRecording(readFileSync(new URL('../fixtures/windows-server.jsonl', import.meta.url), 'utf8'));
const LINUX = snapshotOf({
  tcp4: [['close_wait', '192.0.2.1', 40_000, '198.51.100.1', 443, 9]],
  udp6: [['::1', 53, 0]],
  processes: [[9, '=evil\u001b\u202e', 'a.service']],
  errors: ['tcp6'],
  missing: ['tcp6'],
});

describe('the answers of the API', () => {
  it.each([
    ['a recorded Windows server', viewerOf(WINDOWS)],
    ['a host whose tables failed', viewerOf(LINUX)],
    ['a host that has nothing', viewerOf(snapshotOf({}))],
    ['a host that has changed', viewerOf(WINDOWS, LINUX, WINDOWS)],
  ])('are what the schema says, of %s', (_name, viewer) => {
    expect(faults('EndpointsAnswer', ask(viewer, 'endpoints', 'limit=1000'))).toBe('');
    expect(faults('EndpointsAnswer', ask(viewer, 'endpoints', 'limit=1000&changes=true&queries=true'))).toBe('');
    expect(faults('SummaryAnswer', ask(viewer, 'summary'))).toBe('');
    for (const by of GROUPINGS) expect(faults('SummaryAnswer', ask(viewer, 'summary', `by=${by}`))).toBe('');
  });

  it('are told apart from what they are not', () => {
    expect(faults('EndpointsAnswer', ask(viewerOf(WINDOWS), 'summary'))).not.toBe('');
    expect(faults('ErrorAnswer', { error: 'none', status: 400 })).not.toBe('');
    expect(faults('Endpoint', { protocol: 'tcp' })).not.toBe('');
  });

  it('has the words of the code', () => {
    const { Endpoint, Collection, SummaryAnswer, Counts, Group } = SCHEMA.$defs;
    expect(Endpoint.properties.protocol.enum).toEqual(PROTOCOLS);
    expect(Endpoint.properties.family.enum).toEqual(ADDRESS_FAMILIES);
    expect(Endpoint.properties.state.enum).toEqual([...TCP_STATES, null]);
    expect(Endpoint.properties.change.enum).toEqual(CHANGES);
    expect(Collection.properties.os.enum).toEqual(OPERATING_SYSTEMS);
    expect(Collection.properties.failed.items.properties.part.enum).toEqual(PARTS);
    expect(Counts.propertyNames.enum).toEqual([...TCP_STATES, 'udp']);
    expect(SummaryAnswer.properties.groups.properties.by.enum).toEqual(GROUPINGS);
    expect(Group.properties.filter.propertyNames.enum).toEqual(FILTER_NAMES.filter((name) => name !== 'search'));
  });
});
