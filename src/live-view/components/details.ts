// All that is known of the selected endpoint, filters for what is like it, and the queries that count it.

import { html } from 'htm/preact';
import type { Endpoint, MetricQuery } from '../../views/endpoint.ts';
import { remoteText } from '../addresses.ts';
import { isSame } from '../identity.ts';
import type { State } from '../state.ts';
import { narrow } from '../view-edits.ts';
import { focusGrid } from './focus.ts';
import type { Properties } from './properties.ts';

export function Details({ state, live }: Properties) {
  const selected = state.cursor?.endpoint;
  if (selected === undefined) return null;
  const details = state.details !== undefined && isSame(state.details.endpoint, selected) ? state.details : undefined;
  const endpoint = details === undefined || details.isGone ? selected : { ...selected, ...details.endpoint };
  const close = (): void => {
    live.setDetailsOpen(false);
    focusGrid();
  };
  return html`
    <aside aria-label="Details" onKeyDown=${({ key }: KeyboardEvent) => key === 'Escape' && close()}>
      <div class="title">
        <h2>Details</h2>
        <button type="button" aria-label="Close details" onClick=${close}>×</button>
      </div>
      ${details?.isGone === true && html`<p data-note="gone">This endpoint is not there any more. This is what it was.</p>`}
      <dl>${fields(endpoint).map(([name, text]) => html`<${Field} key=${name} name=${name} text=${text} />`)}</dl>
      <h3>Show only</h3>
      <div class="narrow">
        ${narrowings(endpoint).map(
          ([name, label, filter]) => html`
            <button key=${name} type="button" class="narrowing" data-narrow=${name} onClick=${() => live.edit((view) => narrow(view, filter))}>
              ${label}
            </button>
          `,
        )}
      </div>
      <h3>The queries for this row</h3>
      ${queriesOf(state, details?.endpoint).map((query) => html`<${Query} key=${query.promql} query=${query} live=${live} />`)}
    </aside>
  `;
}

function Field({ name, text }: { readonly name: string; readonly text: string }) {
  return html`<dt>${name.replace('-', ' ')}</dt><dd data-field=${name}>${text}</dd>`;
}

/** What there is to say: no field is empty. */
function fields(endpoint: Endpoint): readonly (readonly [name: string, text: string])[] {
  const all = [
    ['change', endpoint.change],
    ['protocol', endpoint.protocol],
    ['family', endpoint.family],
    ['local-address', endpoint.localAddress],
    ['local-port', endpoint.localPort],
    ['remote-address', endpoint.remoteAddress],
    ['remote-port', endpoint.remotePort],
    ['state', endpoint.state],
    ['pid', endpoint.pid],
    ['process', endpoint.process],
    ['services', endpoint.services.join(', ')],
  ] as const;
  return all.flatMap(([name, value]) => {
    const text = String(value ?? '');
    return text === '' ? [] : [[name, text] as const];
  });
}

type Narrowing = readonly [name: string, label: string, filter: Readonly<Record<string, string>>];

/** What the rows can be narrowed to: what they have in common with this one. */
function narrowings(endpoint: Endpoint): readonly Narrowing[] {
  const { protocol, process, pid, services, localPort, remoteAddress, state } = endpoint;
  const [service, remote] = [services[0], remoteText(endpoint)];
  const all: readonly (Narrowing | undefined)[] = [
    ['process', process, { process }],
    pid === null ? undefined : ['pid', `process ${pid}`, { process: String(pid) }],
    service === undefined ? undefined : ['service', service, { service }],
    ['port', `local port ${localPort}`, { port: String(localPort) }],
    remoteAddress === null ? undefined : ['remote-address', `remote ${remoteAddress}`, { remote: remoteAddress }],
    remote === undefined ? undefined : ['remote', `remote ${remote}`, { remote }],
    state === null ? undefined : ['state', state, { state }],
    ['protocol', protocol, { protocol }],
  ];
  return all.filter((narrowing) => narrowing !== undefined);
}

/** None where they have not come, or could not. */
function queriesOf(state: State, endpoint: Endpoint | undefined): readonly MetricQuery[] {
  return state.problems.details === undefined ? (endpoint?.queries ?? []) : [];
}

function Query({ query, live }: { readonly query: MetricQuery; readonly live: Properties['live'] }) {
  const { title, promql } = query;
  return html`
    <section data-query>
      <h4>${title}</h4>
      <code tabindex="0">${promql}</code>
      <button type="button" aria-label=${`Copy query: ${title}`} onClick=${() => live.copy(promql, 'the query')}>Copy</button>
    </section>
  `;
}
