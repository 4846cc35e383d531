// The texts of a request, each by itself: headers, targets and queries.
import assert from 'node:assert/strict';
import { GROUPS } from '../../../src/metrics/catalogue.ts';
import { MAX_PAGE_LIMIT, parseQuestion, QuestionError } from '../../../src/views/looking/question.ts';
import { clientNetwork } from '../../../src/web/client-network.ts';
import { knownCollections } from '../../../src/web/live/looking.ts';
import { acceptsGzip, chooseFormat } from '../../../src/web/negotiation.ts';
import { parseCredentials } from '../../../src/web/passwords/credentials.ts';
import { parseQualityList } from '../../../src/web/quality-list.ts';
import { authorityOf, originForm } from '../../../src/web/request-target.ts';
import { answerTimeoutMs, GroupError, requestedGroups } from '../../../src/web/scrape-request.ts';
import { valueOrRefusal } from '../properties.ts';
import { choose, chosen, type FuzzTarget, textOf } from '../target.ts';

const asks = (kind: 'endpoints' | 'csv' | 'summary') => (text: string) => {
  const question = valueOrRefusal(QuestionError, () => parseQuestion(kind, new URLSearchParams(text)));
  if (question === undefined) return;
  assert.ok(question.offset >= 0 && question.limit >= 1 && question.limit <= MAX_PAGE_LIMIT);
  // It crosses to the collection worker.
  assert.deepEqual(structuredClone(question), question);
};

const CHECKS: readonly ((text: string) => void)[] = [
  (text) => assert.ok(['text', 'openmetrics'].includes(chooseFormat(text))),
  (text) => assert.equal(typeof acceptsGzip(text), 'boolean'),
  (text) => {
    for (const { quality, value } of parseQualityList(text)) assert.ok(quality >= 0 && quality <= 1 && value !== '');
  },
  (text) => {
    const timeoutMs = answerTimeoutMs(text) ?? 100;
    assert.ok(timeoutMs >= 100 && timeoutMs <= 3_600_000);
  },
  (text) => {
    assert.match(originForm(text), /^\/[^#]*$/);
    assert.doesNotMatch(authorityOf(text) ?? '', /[/?#]/);
  },
  (text) => {
    const groups = valueOrRefusal(GroupError, () => requestedGroups(new URLSearchParams(text), GROUPS.slice(1)));
    assert.ok([...(groups ?? [])].every((group) => GROUPS.includes(group) && group !== GROUPS[0]));
  },
  (text) => assert.ok(knownCollections(text).every((collection) => !collection.includes('"'))),
  (text) => assert.equal(typeof clientNetwork(text), 'string'),
  (text) => void parseCredentials(text),
  asks('endpoints'),
  asks('csv'),
  asks('summary'),
];

export const httpValues: FuzzTarget = {
  check(input) {
    const { choice, rest } = choose(CHECKS, input);
    choice(textOf(rest));
  },
  taken: [
    ...[0, 2].flatMap((one) =>
      chosen(one, 'application/openmetrics-text;version=1.0.0;q=0.8,text/plain;q=0.5,*/*;q=0.1'),
    ),
    ...chosen(1, 'gzip, deflate;q=0', '*;q=0.1', 'identity'),
    ...chosen(3, '10', '0.5', '1e9'),
    ...chosen(4, '/a?b#c', 'http://host:1/a', '*'),
    ...chosen(5, 'collect[]=process&collect[]=port'),
    ...chosen(6, 'W/"a", "b"'),
    ...chosen(7, '::ffff:10.0.0.1', '2001:db8::1', 'fe80::1%eth0'),
    ...chosen(8, `Basic ${btoa('alice:a:b')}`, 'Basic !', 'Bearer a'),
    ...chosen(9, 'offset=1&limit=2&changes=true&queries=false&collection=a', 'remote=[::1]:5&process=a&service=b'),
    ...chosen(10, 'port=1-5,7&state=listen&sort=local-port&order=desc&search=a+b', 'remote=10.0.0.0/8'),
    ...chosen(11, 'by=process&offset=3&protocol=tcp,udp'),
  ],
  others: [
    ...chosen(5, 'collect[]=x'),
    ...chosen(9, 'x=1', 'order=desc', 'offset=-1', 'port=0-70000'),
    ...chosen(11, 'by=x', 'by=port&by=port'),
  ],
};
