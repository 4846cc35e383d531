// World 4 (mingw-w64's headers): the numbers that the API's names stand for.

import { expect, test } from 'vitest';
import { TCP_STATE_CODE, TCP_STATES, type TcpState } from '../../../src/model/states.ts';
import * as codes from '../../../src/sources/windows/codes.ts';
import * as comCodes from '../../../src/sources/windows/com/codes.ts';
import { encodeGuid } from '../../../src/sources/windows/com/guid.ts';
import { FAMILIES } from '../../../src/sources/windows/windows.ts';
import * as wmiCodes from '../../../src/sources/windows/wmi/codes.ts';
import { wmiFailure } from '../../../src/sources/windows/wmi/wmi-failure.ts';
import * as serviceCodes from '../../../src/windows-service/codes.ts';
import * as eventLogCodes from '../../../src/windows-service/event-log/codes.ts';
import * as firewallCodes from '../../../src/windows-service/firewall/codes.ts';
import * as privateFolderCodes from '../../../src/windows-service/private-folder/codes.ts';
import { compileConstants, describeOnHeaders, evaluate } from './compiler.ts';

/** What the headers say otherwise than we do, and why. */
const HEADER_EXPRESSIONS: Readonly<Record<string, string>> = {
  // A member of the SYSTEM_INFORMATION_CLASS enumeration, which is not spelled as a constant.
  SYSTEM_PROCESS_INFORMATION_CLASS: 'SystemProcessInformation',
  // A member of PROCESSINFOCLASS, likewise.
  PROCESS_COMMAND_LINE_INFORMATION_CLASS: 'ProcessCommandLineInformation',
  // Not a code, but the bit that tells failures from the others.
  FIRST_FAILURE: 'MAKE_HRESULT(SEVERITY_ERROR, 0, 0)',
};

/** MIB_TCP_STATE by the model's names; the model's other states are no numbers of Windows. */
const MIB_TCP_STATES: Readonly<Partial<Record<TcpState, string>>> = {
  closed: 'MIB_TCP_STATE_CLOSED',
  listen: 'MIB_TCP_STATE_LISTEN',
  syn_sent: 'MIB_TCP_STATE_SYN_SENT',
  syn_received: 'MIB_TCP_STATE_SYN_RCVD',
  established: 'MIB_TCP_STATE_ESTAB',
  fin_wait_1: 'MIB_TCP_STATE_FIN_WAIT1',
  fin_wait_2: 'MIB_TCP_STATE_FIN_WAIT2',
  close_wait: 'MIB_TCP_STATE_CLOSE_WAIT',
  closing: 'MIB_TCP_STATE_CLOSING',
  last_ack: 'MIB_TCP_STATE_LAST_ACK',
  time_wait: 'MIB_TCP_STATE_TIME_WAIT',
  delete_tcb: 'MIB_TCP_STATE_DELETE_TCB',
};

/** The facilities of the HRESULTs that WMI returns, as the first code that is in use: general, COM's interfaces, Win32, COM itself ([MS-ERREF] 2.1). */
const FACILITIES = [0x8000_4000, 0x8004_0000, 0x8007_0000, 0x8008_0000];
const CODES_PER_FACILITY = 0x4000;

type NamedNumber = readonly [name: string, number: number];

/** The numbers are those of the headers, in the width that they have there: an NTSTATUS is negative there, and an unsigned code here. */
function expectHeaderNumbers(numbers: readonly NamedNumber[]): void {
  const sizes = numbers.map(([name]) => `sizeof(${name})`);
  const theirs = evaluate([...numbers.map(([name]) => name), ...sizes]);
  const describeNumber = (index: number, number: bigint) => {
    const bits = 8 * Number(theirs[numbers.length + index]);
    return `${numbers[index]?.[0]} = ${BigInt.asUintN(bits, number)}`;
  };
  expect(numbers.map(([, number], index) => describeNumber(index, BigInt(number)))).toEqual(
    numbers.map((_, index) => describeNumber(index, theirs[index] ?? 0n)),
  );
}

function exportedNumbers(module: object): NamedNumber[] {
  const numbers = Object.entries(module).filter(([, value]) => typeof value === 'number');
  return numbers.map(([name, number]) => [HEADER_EXPRESSIONS[name] ?? name, number]);
}

function exportedTexts(module: object): (readonly [name: string, text: string])[] {
  return Object.entries(module).filter(([, value]) => typeof value === 'string');
}

function stateNumbers(): NamedNumber[] {
  // A state's number is its place in the model, counted from one.
  return TCP_STATES.map((state): NamedNumber => [MIB_TCP_STATES[state] ?? '', TCP_STATE_CODE[state] + 1]).filter(
    ([name]) => name !== '',
  );
}

/** Every HRESULT that wmiFailure has a name for. */
function namedResults(): NamedNumber[] {
  return FACILITIES.flatMap((first) =>
    Array.from({ length: CODES_PER_FACILITY }, (_, index): NamedNumber => {
      const name = /\((\w+)\)/.exec(wmiFailure('call', first + index).message)?.[1] ?? '';
      return [/^(ERROR|RPC_S)_/.test(name) ? `HRESULT_FROM_WIN32(${name})` : name, first + index];
    }).filter(([name]) => name !== ''),
  );
}

describeOnHeaders('the numbers of the API', () => {
  const results = namedResults();

  test('are those that the headers give their names', () => {
    expectHeaderNumbers([
      ...exportedNumbers(codes),
      ...exportedNumbers(comCodes),
      ...exportedNumbers(wmiCodes),
      ...exportedNumbers(firewallCodes),
      ...exportedNumbers(eventLogCodes),
      ...exportedNumbers(serviceCodes),
      ...exportedNumbers(privateFolderCodes),
      ...Object.values(FAMILIES).map(({ name, number }): NamedNumber => [name, number]),
      ...stateNumbers(),
      ...results,
    ]);
  });

  test('name every TCP state but the two that are our own', () => {
    expect(TCP_STATES.filter((state) => MIB_TCP_STATES[state] === undefined)).toEqual(['bound', 'unknown']);
  });

  test('name some of the codes that WMI fails with', () => {
    expect(results.length).toBeGreaterThan(10);
  });

  test('that come back from the firewall for Win32 codes are those that the headers make of them', () => {
    const { ERROR_FILE_NOT_FOUND } = serviceCodes;
    const { EPT_S_NOT_REGISTERED, hresultOf } = firewallCodes;
    expectHeaderNumbers(
      Object.entries({ ERROR_FILE_NOT_FOUND, EPT_S_NOT_REGISTERED }).map(
        ([name, code]): NamedNumber => [`HRESULT_FROM_WIN32(${name})`, hresultOf(code)],
      ),
    );
  });

  test('that make up GUIDs are those of the headers', () => {
    const ours = [...exportedTexts(wmiCodes), ...exportedTexts(firewallCodes)];
    expect(ours).toHaveLength(6);
    const theirs = compileConstants(ours.map(([name]) => name));
    expect(new Map(ours.map(([name, text]) => [name, Buffer.from(encodeGuid(text))]))).toEqual(theirs);
  });
});
