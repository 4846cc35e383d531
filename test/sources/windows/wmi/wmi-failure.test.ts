// World 1 (fixtures): what an HRESULT is called in an error.

import { expect, test } from 'vitest';
import { wmiFailure } from '../../../../src/sources/windows/wmi/wmi-failure.ts';

test.each([
  [0x8004_1001, 'Next(C) failed: 0x80041001 (WBEM_E_FAILED)'],
  [0x8004_100e, 'Next(C) failed: 0x8004100E (WBEM_E_INVALID_NAMESPACE); this Windows does not have the WMI namespace'],
  [0x8004_1010, 'Next(C) failed: 0x80041010 (WBEM_E_INVALID_CLASS); this Windows does not have the WMI class'],
  [0x8004_1014, 'Next(C) failed: 0x80041014 (WBEM_E_INITIALIZATION_FAILURE)'],
  [0x8007_06ba, 'Next(C) failed: 0x800706BA (RPC_S_SERVER_UNAVAILABLE); see whether the service Winmgmt runs'],
  [0x8004_1abc, 'Next(C) failed: 0x80041ABC'],
  [0x0004_0004, 'Next(C) failed: 0x00040004'],
])('%i', (result, message) => {
  expect(wmiFailure('Next(C)', result)).toMatchObject({ message, code: /0x\w{8}/.exec(message)?.[0] });
});
