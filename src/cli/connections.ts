// `netstat-exporter connections`: who holds which port, as netstat, TCPView and ss list it.

import type { Config } from '../config/options.ts';
import { openSource } from '../sources/open.ts';
import { endpointsJson } from '../terminal/endpoints-json.ts';
import { endpointsScreen } from '../terminal/endpoints-screen.ts';
import { headingLines } from '../terminal/heading.ts';
import { listEndpoints } from '../terminal/listing.ts';
import { emptinessNotes, failureNotes, privilegeNotes } from '../terminal/notes.ts';
import { createPaint, PLAIN } from '../terminal/paint.ts';
import { ENDPOINT_PARTS } from '../views/endpoint.ts';
import { ProcessTexts } from '../views/process-texts.ts';
import type { FilterTexts } from '../views/selection/filter-parameters.ts';
import { aggregationSettings, commandLinesOf, sourceChoice } from './collection-settings.ts';
import { EndpointReader, type EndpointReading } from './endpoint-reader.ts';
import { asLines, widthOf } from './output.ts';
import { seesOtherUsers } from './privilege.ts';
import { show, type View } from './show.ts';
import { endpointsWanted, type ShowSettings, showSettings, type ViewFlags } from './view-options.ts';

const WHAT_TO_READ = {
  tables: true,
  processes: true,
  services: true,
  statistics: false,
  ephemeralRange: false,
} as const;

/** Resolves with the exit code set; rejects where nothing can be read or written. */
export async function connections(config: Config, flags: ViewFlags): Promise<void> {
  const [wanted, settings] = [endpointsWanted(flags), showSettings(flags)];
  const choice = sourceChoice(config);
  const source = await openSource(choice, { ...WHAT_TO_READ, commandLinesOf: commandLinesOf(config) });
  const texts = new ProcessTexts(aggregationSettings(config).nameRules);
  const reader = new EndpointReader(source, wanted, texts);
  // A recording is of another host; and on Windows every process sees all owners.
  const lacksPrivilege = choice.kind === 'linux' && !seesOtherUsers();
  const view: View<EndpointReading> = {
    read: () => reader.read(),
    ...(settings.json ? jsonForm() : tableForm(wanted.filterTexts)),
    notes: (reading) => notesOn(reading, { ...settings, lacksPrivilege }),
    isComplete: ({ snapshot }) => failureNotes(snapshot, ENDPOINT_PARTS).length === 0,
  };
  await show(view, settings.intervalMs);
  source.close();
}

type Form = Pick<View<EndpointReading>, 'once' | 'repeated' | 'screen'>;

function tableForm(filter: FilterTexts): Form {
  const { stdout } = process;
  const paint = createPaint(stdout);
  return {
    once: ({ endpoints }) =>
      asLines(listEndpoints(endpoints(), { width: widthOf(stdout), marksChanges: false, paint })),
    *repeated({ collection, counts, endpoints }) {
      yield* asLines(headingLines({ collection, counts, filter }, Number.POSITIVE_INFINITY, PLAIN));
      yield* asLines(listEndpoints(endpoints(), { width: undefined, marksChanges: true, paint: PLAIN }));
      yield '\n';
    },
    screen: ({ collection, counts, numbers, endpoints }, size) =>
      endpointsScreen({ collection, counts, filter, total: numbers.length, first: endpoints }, size, paint),
  };
}

/** A document, or one a line. */
function jsonForm(): Form {
  return {
    once: ({ collection, endpoints }) => endpointsJson(collection, endpoints(), 'line-each'),
    repeated: ({ collection, endpoints }) => endpointsJson(collection, endpoints(), 'one-line'),
  };
}

function notesOn(
  { snapshot, blocks, numbers, whoeverOwns }: EndpointReading,
  { json, intervalMs, lacksPrivilege }: ShowSettings & { readonly lacksPrivilege: boolean },
) {
  // What is watched may come; and a program counts for itself.
  const mayBeEmpty = json || intervalMs !== undefined;
  return [
    ...failureNotes(snapshot, ENDPOINT_PARTS),
    ...(mayBeEmpty ? [] : emptinessNotes(numbers)),
    ...(lacksPrivilege ? privilegeNotes(blocks, whoeverOwns()) : []),
  ];
}
