// World: the exporter-toolkit, as the oracle of what is a web configuration. Provided by: npm run test:peers
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CASES, caseText } from '../../config/web/cases.ts';
import { type Certificates, makeCertificates } from '../../support/certificates.ts';
import { IS_MISSING, PROVIDED, validate } from './toolkit.ts';

let certificates: Certificates;
beforeAll(() => {
  certificates = makeCertificates();
});
afterAll(() => certificates[Symbol.dispose]());

describe.skipIf(IS_MISSING)(`the toolkit's verdict (${PROVIDED})`, () => {
  it.each(CASES)('on $name is ours, or differs on purpose', (example) => {
    writeFileSync(certificates.path('web.yml'), caseText(example, certificates.read));
    const ours = example.verdict === 'good' ? 'good' : 'bad';
    const [verdict] = validate(certificates.folder, ['web.yml']);
    const error = verdict?.error;
    expect(error === '' ? 'good' : 'bad', error).toBe(example.toolkit ?? ours);
    if (example.toolkit !== undefined) expect(example.toolkit).not.toBe(ours);
  });
});
