// World 4 (mingw-w64's headers): sizes and offsets, as the compiler lays the structs out.

import { expect, test } from 'vitest';
import { COM_LAYOUTS } from '../../../src/sources/windows/com/layouts.ts';
import { LAYOUTS, type Layout } from '../../../src/sources/windows/layouts.ts';
import { WMI_LAYOUTS } from '../../../src/sources/windows/wmi/layouts.ts';
import { FIREWALL_LAYOUTS } from '../../../src/windows-service/firewall/layouts.ts';
import { SERVICE_LAYOUTS } from '../../../src/windows-service/layouts.ts';
import { describeOnHeaders, evaluate } from './compiler.ts';

/** Members that the headers call otherwise, and why we do not. */
const HEADER_MEMBERS: Readonly<Record<string, string>> = {
  // In MIB_TCPSTATS it has both names; here the other alone. One decoder reads both structs.
  'MIB_TCPSTATS2, dwRtoAlgorithm': 'MIB_TCPSTATS2, RtoAlgorithm',
};

/** C expressions of the headers' names, each with the number that our table has for it. */
function expressions([struct, { size, fields, table }]: readonly [string, Layout]): (readonly [string, number])[] {
  const offsets = Object.entries(fields).map(([field, offset]) => {
    const member = `${struct}, ${field}`;
    return [`offsetof(${HEADER_MEMBERS[member] ?? member})`, offset] as const;
  });
  const ofStruct = [[`sizeof(${struct})`, size] as const, ...offsets];
  if (table === undefined) return ofStruct;
  return [
    ...ofStruct,
    // The decoders take the first word of a table for the number of its rows.
    [`offsetof(${table.name}, dwNumEntries)`, 0],
    [`offsetof(${table.name}, table)`, table.firstRow],
    [`sizeof(((${table.name} *)0)->table[0])`, size],
  ];
}

describeOnHeaders('the layouts', () => {
  test('are those of the structs in the headers of Windows', () => {
    const tables = [LAYOUTS, COM_LAYOUTS, WMI_LAYOUTS, FIREWALL_LAYOUTS, SERVICE_LAYOUTS];
    const ours = tables.flatMap((table) => Object.entries<Layout>(table)).flatMap(expressions);
    const theirs = evaluate(ours.map(([expression]) => expression));
    expect(ours.map(([expression, number]) => `${expression} = ${number}`)).toEqual(
      ours.map(([expression], index) => `${expression} = ${theirs[index]}`),
    );
  });
});
