// World: none. Where a click on a cell leads, and one at the top.
import { describe, expect, it } from 'vitest';
import { linkBetween, linkTo } from '../../../dashboards/source/grafana/links.ts';
import { DIALECTS } from '../../../dashboards/source/queries/dialect.ts';

describe('a link of a cell', () => {
  it('leads to the dashboard of this dialect, with its data source, job, hosts and time', () => {
    expect(linkTo(DIALECTS.otlp, 'process', { process: 'Image' })).toBe(
      '/d/netstat-otlp-process?${datasource:queryparam}&${job:queryparam}&${instance:queryparam}' +
        '&var-process=${__data.fields["Image"]:percentencode}&${__url_time_range}',
    );
  });

  it('hands on the host of the row in place of those that are chosen', () => {
    expect(linkTo(DIALECTS.scraped, 'host-overview', { instance: 'Host' })).toBe(
      '/d/netstat-host-overview?${datasource:queryparam}&${job:queryparam}' +
        '&var-instance=${__data.fields["Host"]:percentencode}&${__url_time_range}',
    );
  });
});

describe('a link at the top', () => {
  const urlOf = (...[from, to]: [Parameters<typeof linkBetween>[1], Parameters<typeof linkBetween>[2]]): unknown =>
    linkBetween(DIALECTS.scraped, from, to).build().url;

  it('hands on what is chosen, where the other dashboard has it', () => {
    expect(urlOf('inventory', 'port-exhaustion')).toBe(
      '/d/netstat-port-exhaustion?${datasource:queryparam}&${job:queryparam}&${instance:queryparam}&${process:queryparam}',
    );
    expect(urlOf('host-overview', 'fleet')).toBe(
      '/d/netstat-fleet?${datasource:queryparam}&${job:queryparam}&${instance:queryparam}',
    );
  });

  it('hands on no choice of several where there is to be one', () => {
    expect(urlOf('fleet', 'host-overview')).toBe('/d/netstat-host-overview?${datasource:queryparam}&${job:queryparam}');
    expect(urlOf('inventory', 'process')).toBe(
      '/d/netstat-process?${datasource:queryparam}&${job:queryparam}&${instance:queryparam}',
    );
  });
});
