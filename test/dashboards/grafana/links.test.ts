// World: none. Where a click on a cell leads.
import { describe, expect, it } from 'vitest';
import { linkTo } from '../../../dashboards/source/grafana/links.ts';
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
