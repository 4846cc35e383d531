// One endpoint in the list.

import { html } from 'htm/preact';
import type { Change, Endpoint } from '../../views/endpoint.ts';

/** What stands before what is new, changed or closed: colour alone says nothing to some. */
const MARKS = { new: '+', changed: '~', closed: '×' } as const satisfies Record<Change, string>;

export interface EndpointRowProperties {
  readonly id: string;
  readonly position: number;
  /** Undefined: it has not come yet. */
  readonly endpoint: Endpoint | undefined;
  readonly isSelected: boolean;
  select(position: number): void;
}

export function EndpointRow({ id, position, endpoint, isSelected, select }: EndpointRowProperties) {
  return html`
    <div
      id=${id}
      role="row"
      data-row=${position}
      data-change=${endpoint?.change}
      data-loading=${endpoint === undefined ? '' : undefined}
      aria-rowindex=${position + 2}
      aria-selected=${isSelected}
      onClick=${() => select(position)}
    >
      ${endpoint === undefined ? html`<div role="gridcell" data-cell="loading">…</div>` : cells(endpoint)}
    </div>
  `;
}

function cells(endpoint: Endpoint) {
  const { protocol, family, localAddress, localPort, remoteAddress, remotePort, state, pid, process } = endpoint;
  const services = endpoint.services.join(', ');
  return html`
    <div role="gridcell" data-cell="change">${endpoint.change !== undefined && html`<${Mark} change=${endpoint.change} />`}</div>
    <div role="gridcell" data-cell="protocol">${protocol}</div>
    <div role="gridcell" data-cell="family">${family}</div>
    <div role="gridcell" data-cell="local-address" title=${localAddress}>${localAddress}</div>
    <div role="gridcell" data-cell="local-port">${localPort}</div>
    <div role="gridcell" data-cell="remote-address" title=${remoteAddress ?? undefined}>${remoteAddress}</div>
    <div role="gridcell" data-cell="remote-port">${remotePort}</div>
    <div role="gridcell" data-cell="state">${state}</div>
    <div role="gridcell" data-cell="pid">${pid}</div>
    <div role="gridcell" data-cell="process" title=${process}>${process}</div>
    <div role="gridcell" data-cell="services" title=${services}>${services}</div>
  `;
}

function Mark({ change }: { readonly change: Change }) {
  return html`<span aria-hidden="true">${MARKS[change]}</span><span class="unseen">${change}</span>`;
}
