// World: none. UUIDs of names; the expected ones are RFC 9562's own and Python's uuid.uuid5.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uuidV5 } from '../../../src/outputs/otlp/uuid.ts';

const DNS = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
const URL = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';
const OID = '6ba7b812-9dad-11d1-80b4-00c04fd430c8';
const INSTANCES = '4d63009a-8d0f-11ee-aad7-4c796ed8e320';

describe('the UUID of a name', () => {
  it('is the one of RFC 9562, appendix A.4', () => {
    expect(uuidV5(DNS, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  it.each([
    [URL, 'https://example.com/ü?監視=1', 'cabf1f7f-8ccf-50df-8e26-113514d3270a'],
    [OID, '', '0a68eb57-c88a-5f34-9e9d-27f85e68af4f'],
    [INSTANCES, '3d1219c7c4c5404aaa1f6d2a48adfda4', 'a2a593f3-a94f-5309-bf3e-7058411862c9'],
    [INSTANCES.toUpperCase(), '3d1219c7c4c5404aaa1f6d2a48adfda4', 'a2a593f3-a94f-5309-bf3e-7058411862c9'],
  ])('is the one that Python makes, in %s of %j', (namespace, name, uuid) => {
    expect(uuidV5(namespace, name)).toBe(uuid);
  });

  it('has version 5 and the variant of RFC 9562, and is the same each time', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.string({ unit: 'grapheme' }), (namespace, name) => {
        const uuid = uuidV5(namespace, name);
        expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(uuidV5(namespace, name)).toBe(uuid);
        expect(uuidV5(namespace, `${name}x`)).not.toBe(uuid);
        expect(uuidV5(uuid, name)).not.toBe(uuid);
      }),
    );
  });
});
