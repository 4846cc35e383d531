// World 4: the prototypes that koffi is given, as the program gives them.

import type { Prototype, Shape } from './prototypes.ts';

const SHAPES: Readonly<Record<string, Shape>> = {
  void: 'void',
  'void *': 'pointer',
  intptr_t: 'address',
  uintptr_t: 'address',
  int16_t: 'int16',
  uint16_t: 'uint16',
  int32_t: 'int32',
  uint32_t: 'uint32',
  int64_t: 'int64',
  uint64_t: 'uint64',
};

/** A C prototype as NativeLibrary binds it: `uint32_t __stdcall Name(void *table, uint32_t flags)`. */
export function parseBound(text: string): readonly [name: string, prototype: Prototype] {
  const [, returns = '', name = '', parameters = ''] = /^(.+?)\s*__stdcall (\w+)\((.*)\)$/.exec(text) ?? [];
  if (name === '') throw new Error(`this is no prototype of a Win32 function: ${text}`);
  const types =
    parameters === '' ? [] : parameters.split(', ').map((parameter) => parameter.replace(/\w+$/, '').trim());
  return [name, { returns: boundShape(returns), parameters: types.map(boundShape) }];
}

export function boundShape(type: string): Shape {
  const shape = SHAPES[type];
  if (shape === undefined) throw new Error(`no Win32 value is known to be passed as ${type}`);
  return shape;
}
