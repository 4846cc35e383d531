// The script of the stand-in's COM and WMI: the objects of root\StandardCimv2, what each step of a query does, and what was left behind.

import koffi from 'koffi';

/** The steps of a query, in their order, as com.h has them. */
export const COM_STEPS = [
  'CoInitializeEx',
  'CoCreateInstance',
  'ConnectServer',
  'CoSetProxyBlanket(IWbemServices)',
  'ExecQuery',
  'CoSetProxyBlanket(IEnumWbemClassObject)',
  'Next',
  'Get',
] as const;
export type ComStep = (typeof COM_STEPS)[number];

/** A property: null, a number as WMI gives a uint16 (VT_I4), a text, or a VARIANT of any type, or a text that lies about its length. */
export type ScriptedValue =
  | null
  | number
  | string
  | { readonly type: number; readonly value: bigint }
  | { readonly text: string; readonly claimedUnits: number };

export type ScriptedObject = Readonly<Record<string, ScriptedValue>>;

/** What must be nothing after a query: what was taken and not given back, and what was done to objects that were gone. */
export interface ComLeftovers {
  readonly references: number;
  readonly strings: number;
  readonly apartments: number;
  readonly misuses: number;
}

export const NOTHING_LEFT: ComLeftovers = { references: 0, strings: 0, apartments: 0, misuses: 0 };

const VT_NULL = 1;
const VT_I4 = 3;
const VT_BSTR = 8;

/** COM and WMI in a stand-in library. Before it is scripted, every class is without objects. */
export class ComScript {
  readonly #script: ReturnType<typeof bindScript>;

  /** `file` is the stand-in library, which another thread may use. */
  constructor(file: string) {
    this.#script = bindScript(file);
  }

  /** Forgets all scripts and all that was recorded, and lets go on what hangs. */
  reset(): void {
    this.#script.reset();
  }

  /** Adds objects of a class. */
  objects(className: string, ...objects: readonly ScriptedObject[]): void {
    for (const properties of objects) {
      accepted(this.#script.addObject(wide(className)));
      for (const [name, value] of Object.entries(properties)) this.#addProperty(name, value);
    }
  }

  /** What a step returns from now on: an HRESULT, and where it succeeds perhaps no object. */
  step(step: ComStep, result: number, { isEmpty = false } = {}): void {
    this.#script.setStep(COM_STEPS.indexOf(step), result, Number(isEmpty));
  }

  /** Lets a step not return, in whatever thread, until the next call; undefined: none. */
  hang(step: ComStep | undefined): void {
    this.#script.hang(step === undefined ? COM_STEPS.length : COM_STEPS.indexOf(step));
  }

  /** Lets the objects of a class come again and again. */
  endless(): void {
    this.#script.endless();
  }

  /** Lets SysAllocString fail. */
  noMemory(): void {
    this.#script.noMemory();
  }

  calls(step: ComStep): number {
    return this.#script.calls(COM_STEPS.indexOf(step));
  }

  /** How long the last Next was to wait at most, in milliseconds. */
  nextTimeoutMs(): number {
    return this.#script.nextTimeout();
  }

  leftovers(): ComLeftovers {
    return {
      references: this.#script.references(),
      strings: this.#script.strings(),
      apartments: this.#script.apartments(),
      misuses: this.#script.misuses(),
    };
  }

  #addProperty(name: string, value: ScriptedValue): void {
    const { type, word = 0n, text = '', claimedUnits = text.length } = property(value);
    accepted(this.#script.addProperty(wide(name), type, word, wide(text), claimedUnits));
  }
}

function property(value: ScriptedValue): { type: number; word?: bigint; text?: string; claimedUnits?: number } {
  if (value === null) return { type: VT_NULL };
  if (typeof value === 'number') return { type: VT_I4, word: BigInt.asUintN(32, BigInt(value)) };
  if (typeof value === 'string') return { type: VT_BSTR, text: value };
  if ('text' in value) return { type: VT_BSTR, ...value };
  return { type: value.type, word: value.value };
}

function bindScript(file: string) {
  const library = koffi.load(file);
  return {
    reset: library.func('void standin_com_reset()'),
    addObject: library.func('int32_t standin_com_object(void *class_name)'),
    addProperty: library.func(
      'int32_t standin_com_property(void *name, uint32_t vt, uint64_t value, void *text, uint32_t claimed_units)',
    ),
    setStep: library.func('void standin_com_step(uint32_t step, uint32_t result, uint32_t is_empty)'),
    hang: library.func('void standin_com_hang(uint32_t step)'),
    endless: library.func('void standin_com_endless()'),
    calls: library.func('uint32_t standin_com_calls(uint32_t step)'),
    references: library.func('uint32_t standin_com_references()'),
    strings: library.func('uint32_t standin_com_strings()'),
    apartments: library.func('uint32_t standin_com_apartments()'),
    noMemory: library.func('void standin_com_no_memory()'),
    nextTimeout: library.func('int32_t standin_com_next_timeout()'),
    misuses: library.func('uint32_t standin_com_misuses()'),
  };
}

/** UTF-16, with a zero at the end. */
function wide(text: string): Uint16Array {
  return Uint16Array.from({ length: text.length + 1 }, (_, index) => text.charCodeAt(index) || 0);
}

function accepted(result: number): void {
  if (result === 0) throw new Error('the script is longer than the stand-in can hold');
}
