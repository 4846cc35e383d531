// World: none.
import { describe, expect, it } from 'vitest';
import { areSame, compareCounts, contradictionsOf, counterOf, countsOf, isRight } from './sums.ts';

const SCRAPE = `# TYPE netstat_tcp_connections gauge
netstat_tcp_connections{family="ipv4",state="listen"} 2
netstat_tcp_connections{family="ipv4",state="established"} 3
netstat_tcp_connections{family="ipv6",state="listen"} 1
netstat_udp_endpoints{family="ipv4"} 4
netstat_process_tcp_connections{process="a",state="listen"} 3
netstat_process_tcp_connections{process="_none",state="established"} 3
netstat_process_udp_endpoints{process="a"} 4
netstat_port_tcp_connections{port="80",state="listen"} 6
netstat_port_udp_endpoints{port="53"} 1
netstat_port_udp_endpoints{port="_other"} 3
netstat_exporter_collection_success{part="tcp4"} 1
netstat_exporter_http_requests_total{handler="metrics",code="200"} 7
netstat_exporter_http_requests_total{handler="other",code="404"} 2
`;

describe('a scrape', () => {
  it('whose sums are the same has no contradictions', () => expect(contradictionsOf(SCRAPE)).toEqual([]));

  it.each([
    ['port_udp_endpoints{port="53"} 1', 'port_udp_endpoints{port="53"} 2', 'netstat_port_udp_endpoints comes to 5'],
    ['process="_none",state="established"} 3', 'process="_none",state="established"} 2', 'netstat_process_tcp_'],
    ['state="listen"} 6', 'state="listen"} 7', 'netstat_port_tcp_connections comes to 7, netstat_tcp_connections to 6'],
    ['netstat_process_udp_endpoints{process="a"} 4\n', '', 'netstat_process_udp_endpoints comes to 0'],
    ['{part="tcp4"} 1', '{part="tcp4"} 0', 'netstat_exporter_collection_success{part="tcp4"} 0'],
  ])('with other lines than %j has one', (line, other, contradiction) => {
    expect(contradictionsOf(SCRAPE.replace(line, other))).toEqual([expect.stringContaining(contradiction)]);
  });

  it('without the tables has one, though nothing comes to nothing', () => {
    expect(contradictionsOf('')).toEqual(['there is no netstat_tcp_connections']);
  });

  it('counts sockets by protocol, family and state', () => {
    expect([...countsOf(SCRAPE)]).toEqual([
      ['tcp ipv4 listen', 2],
      ['tcp ipv4 established', 3],
      ['tcp ipv6 listen', 1],
      ['udp ipv4', 4],
    ]);
  });

  it('has counters by their labels', () => {
    expect([...counterOf(SCRAPE, 'netstat_exporter_http_requests_total', 'handler', 'code')]).toEqual([
      ['metrics 200', 7],
      ['other 404', 2],
    ]);
  });
});

describe('counts', () => {
  const counts = (...entries: readonly [string, number][]) => new Map(entries);

  it('are the same whether zeros are told or not', () => {
    expect(areSame(counts(['a', 1], ['b', 0]), counts(['a', 1]))).toBe(true);
  });

  it.each([
    [counts(['a', 1]), counts(['a', 2])],
    [counts(['a', 1]), counts()],
    [counts(), counts(['a', 1])],
  ])('are not the same: %j, %j', (one, other) => expect(areSame(one, other)).toBe(false));

  it('may be more by the tolerance, and never less', () => {
    const [comparison] = compareCounts(counts(['a', 12]), counts(['a', 10]));
    if (comparison === undefined) throw new Error('nothing is compared');
    expect(isRight({ ...comparison, tolerance: 2 })).toBe(true);
    expect(isRight({ ...comparison, tolerance: 1 })).toBe(false);
    expect(isRight({ ...comparison, shown: 9, tolerance: 5 })).toBe(false);
  });
});
