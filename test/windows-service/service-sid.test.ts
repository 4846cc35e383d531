// World: none. What Windows makes of a service's name.

import { expect, test } from 'vitest';
import { serviceSid } from '../../src/windows-service/service-sid.ts';

test.each([
  // They stand in access lists and policies of each Windows, or of many.
  ['TrustedInstaller', 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464'],
  ['trustedINSTALLER', 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464'],
  ['WdiServiceHost', 'S-1-5-80-3139157870-2983391045-3678747466-658725712-1809340420'],
  ['MSSQLSERVER', 'S-1-5-80-3880718306-3832830129-1677859214-2598158968-1052248003'],
])('the SID of the service %s is %s', (name, sid) => {
  expect(serviceSid(name)).toBe(sid);
});
