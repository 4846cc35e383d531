// World: none.
import { expect, it } from 'vitest';
import { secretFlags } from '../../src/config/secrets.ts';

it('flags with secrets are told from those without', () => {
  expect(secretFlags({ 'otlp.headers': ['authorization=Bearer x'], 'log.level': ['debug'] })).toEqual(['otlp.headers']);
  expect(secretFlags({ 'otlp.endpoint': ['https://user:word@collector.example:4318'] })).toEqual(['otlp.endpoint']);
  expect(secretFlags({ 'otlp.endpoint': ['https://collector.example:4318'], 'web.enable-live-view': true })).toEqual(
    [],
  );
  expect(secretFlags({ toString: ['x'] })).toEqual([]);
});
