// The optional settings of a service, one for each level of ChangeServiceConfig2W that is used: encoded, decoded, compared.

import { isDeepStrictEqual } from 'node:util';
import { wideString } from '../../sources/windows/utf16.ts';
import * as codes from '../codes.ts';
import { SERVICE_LAYOUTS } from '../layouts.ts';
import { encodeStruct, type StructReader, wideList } from '../structs.ts';

const { SC_ACTION } = SERVICE_LAYOUTS;

/** What a service is to do when it has failed. */
export interface Recovery {
  /** After so many seconds without a failure, the next one counts as the first again. */
  readonly resetAfterSeconds: number;
  /** For the first failure, the second and so on; the last one repeats. */
  readonly actions: readonly RecoveryAction[];
}

interface RecoveryAction {
  /** SC_ACTION_RESTART, or what else there is. */
  readonly type: number;
  readonly delayMs: number;
}

/** One level of ChangeServiceConfig2W and QueryServiceConfig2W. */
export interface Level {
  /** As the API calls it: `SERVICE_CONFIG_DESCRIPTION`. */
  readonly name: string;
  readonly level: number;
  /** What the two pass. */
  readonly struct: string;
}

interface SettingKind<Value> extends Level {
  encode(value: Value): Uint8Array;
  decode(struct: StructReader): Value;
}

/** A setting with the value that it is to have. */
export interface Setting extends Level {
  /** What a person reads when it was changed. */
  readonly change: string;
  /** The struct with that value. */
  encode(): Uint8Array;
  /** Whether the struct says the same. */
  isIn(struct: StructReader): boolean;
}

export function setting<Value>(kind: SettingKind<Value>, value: Value, change: string): Setting {
  return {
    ...kind,
    change,
    encode: () => kind.encode(value),
    isIn: (struct) => isDeepStrictEqual(kind.decode(struct), value),
  };
}

export const DESCRIPTION: SettingKind<string> = {
  name: 'SERVICE_CONFIG_DESCRIPTION',
  level: codes.SERVICE_CONFIG_DESCRIPTION,
  struct: 'SERVICE_DESCRIPTIONW',
  encode(text) {
    const { size, fields } = SERVICE_LAYOUTS.SERVICE_DESCRIPTIONW;
    return encodeStruct(size, [], { pointer: fields.lpDescription, block: asBytes(wideString(text)) });
  },
  decode: (struct) => struct.text(SERVICE_LAYOUTS.SERVICE_DESCRIPTIONW.fields.lpDescription),
};

export const REQUIRED_PRIVILEGES: SettingKind<readonly string[]> = {
  name: 'SERVICE_CONFIG_REQUIRED_PRIVILEGES_INFO',
  level: codes.SERVICE_CONFIG_REQUIRED_PRIVILEGES_INFO,
  struct: 'SERVICE_REQUIRED_PRIVILEGES_INFOW',
  encode(names) {
    const { size, fields } = SERVICE_LAYOUTS.SERVICE_REQUIRED_PRIVILEGES_INFOW;
    return encodeStruct(size, [], { pointer: fields.pmszRequiredPrivileges, block: asBytes(wideList(names)) });
  },
  decode: (struct) => struct.texts(SERVICE_LAYOUTS.SERVICE_REQUIRED_PRIVILEGES_INFOW.fields.pmszRequiredPrivileges),
};

export const DELAYED_AUTO_START: SettingKind<number> = {
  name: 'SERVICE_CONFIG_DELAYED_AUTO_START_INFO',
  level: codes.SERVICE_CONFIG_DELAYED_AUTO_START_INFO,
  struct: 'SERVICE_DELAYED_AUTO_START_INFO',
  ...oneNumber(SERVICE_LAYOUTS.SERVICE_DELAYED_AUTO_START_INFO.fields.fDelayedAutostart),
};

export const SID_TYPE: SettingKind<number> = {
  name: 'SERVICE_CONFIG_SERVICE_SID_INFO',
  level: codes.SERVICE_CONFIG_SERVICE_SID_INFO,
  struct: 'SERVICE_SID_INFO',
  ...oneNumber(SERVICE_LAYOUTS.SERVICE_SID_INFO.fields.dwServiceSidType),
};

/** Whether an end with an error code is a failure too, as an end without a word is one. */
export const FAILURE_ACTIONS_FLAG: SettingKind<number> = {
  name: 'SERVICE_CONFIG_FAILURE_ACTIONS_FLAG',
  level: codes.SERVICE_CONFIG_FAILURE_ACTIONS_FLAG,
  struct: 'SERVICE_FAILURE_ACTIONS_FLAG',
  ...oneNumber(SERVICE_LAYOUTS.SERVICE_FAILURE_ACTIONS_FLAG.fields.fFailureActionsOnNonCrashFailures),
};

export const FAILURE_ACTIONS: SettingKind<Recovery> = {
  name: 'SERVICE_CONFIG_FAILURE_ACTIONS',
  level: codes.SERVICE_CONFIG_FAILURE_ACTIONS,
  struct: 'SERVICE_FAILURE_ACTIONSW',
  // lpRebootMsg and lpCommand stay NULL, which leaves them as they are: a restart uses neither.
  encode({ resetAfterSeconds, actions }) {
    const { size, fields } = SERVICE_LAYOUTS.SERVICE_FAILURE_ACTIONSW;
    const numbers = [
      [fields.dwResetPeriod, resetAfterSeconds],
      [fields.cActions, actions.length],
    ] as const;
    return encodeStruct(size, numbers, { pointer: fields.lpsaActions, block: encodeActions(actions) });
  },
  decode(struct) {
    const { fields } = SERVICE_LAYOUTS.SERVICE_FAILURE_ACTIONSW;
    const count = struct.number(fields.cActions);
    const actions = struct.block(fields.lpsaActions, count * SC_ACTION.size);
    return {
      resetAfterSeconds: struct.number(fields.dwResetPeriod),
      actions: actions === undefined ? [] : decodeActions(actions, count),
    };
  },
};

function encodeActions(actions: readonly RecoveryAction[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(actions.length * SC_ACTION.size));
  for (const [index, { type, delayMs }] of actions.entries()) {
    view.setInt32(index * SC_ACTION.size + SC_ACTION.fields.Type, type, true);
    view.setUint32(index * SC_ACTION.size + SC_ACTION.fields.Delay, delayMs, true);
  }
  return new Uint8Array(view.buffer);
}

function decodeActions(actions: DataView, count: number): RecoveryAction[] {
  return Array.from({ length: count }, (_, index) => ({
    type: actions.getInt32(index * SC_ACTION.size + SC_ACTION.fields.Type, true),
    delayMs: actions.getUint32(index * SC_ACTION.size + SC_ACTION.fields.Delay, true),
  }));
}

/** A struct that is one number. */
function oneNumber(offset: number): Pick<SettingKind<number>, 'encode' | 'decode'> {
  return {
    encode: (value) => encodeStruct(Uint32Array.BYTES_PER_ELEMENT, [[offset, value]]),
    decode: (struct) => struct.number(offset),
  };
}

function asBytes({ buffer, byteOffset, byteLength }: Uint16Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
