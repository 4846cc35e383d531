// World 4: the prototypes of functions and methods in the headers, and how each of their values is passed.

import { evaluate, preprocess } from './compiler.ts';

/** How a value is passed, on x64: an `address` is whatever fills a register, a pointer, a handle or a size. */
export type Shape = 'void' | 'pointer' | 'address' | 'int16' | 'uint16' | 'int32' | 'uint32' | 'int64' | 'uint64';

export interface Prototype {
  readonly returns: Shape;
  readonly parameters: readonly Shape[];
}

/** A declaration, as C types: of a function, of a pointer to one that Windows calls, or of a method as `IUnknownVtbl.Release`. */
interface Declaration {
  readonly name: string;
  /** What has that type, in C. */
  readonly subject: string;
  readonly returns: string;
  readonly parameters: readonly string[];
}

/** Types of the headers that are rightly bound as something else than this compiler makes of them. */
const BOUND_AS: Readonly<Record<string, Shape>> = {
  // Codes are compared and shown without a sign.
  HRESULT: 'uint32',
  NTSTATUS: 'uint32',
  // To this compiler, an enumeration without negative values is unsigned; to Microsoft's, each one is an int.
  NET_FW_ACTION: 'int32',
  NET_FW_RULE_DIRECTION: 'int32',
  PROCESSINFOCLASS: 'int32',
  SC_ENUM_TYPE: 'int32',
  SC_STATUS_TYPE: 'int32',
  SE_OBJECT_TYPE: 'int32',
  SYSTEM_INFORMATION_CLASS: 'int32',
  TCP_TABLE_CLASS: 'int32',
  UDP_TABLE_CLASS: 'int32',
};

/** What __builtin_classify_type says of pointers. */
const POINTER_CLASS = 5n;
/** `__attribute__((name))` and `__attribute__((name(argument)))`, which say nothing about how values are passed. */
const ATTRIBUTES = /__attribute__\s*\(\((?:[^()]|\([^()]*\))*\)\)/g;

/** The declarations that the headers make of these functions and methods, by name. What none declares is left out. */
export function declaredPrototypes(names: readonly string[]): Map<string, Prototype> {
  const headers = preprocess().replaceAll(ATTRIBUTES, '');
  const declarations = names.map((name) => findDeclaration(headers, name)).filter((found) => found !== undefined);
  const shapes = typeShapes(declarations);
  return new Map(
    declarations.map(({ name, returns, parameters }) => [
      name,
      { returns: shapeOf(shapes, returns), parameters: parameters.map((type) => shapeOf(shapes, type)) },
    ]),
  );
}

function shapeOf(shapes: ReadonlyMap<string, Shape>, type: string): Shape {
  const shape = shapes.get(type);
  if (shape === undefined) throw new Error(`the size of the C type ${type} was not asked for`);
  return shape;
}

function findDeclaration(headers: string, name: string): Declaration | undefined {
  const [first = '', method] = name.split('.');
  if (method !== undefined) {
    const found = pointerPattern(method).exec(structText(headers, first));
    return declaration(name, `*((${first} *)0)->${method}`, found);
  }
  const asFunction = new RegExp(`([\\w\\s*]+?)\\b${name}\\s*\\(([^()]*)\\)\\s*;`).exec(headers);
  return declaration(name, name, asFunction) ?? declaration(name, `*(${name})0`, pointerPattern(name).exec(headers));
}

function pointerPattern(name: string): RegExp {
  return new RegExp(`([\\w\\s*]+?)\\(\\s*\\*\\s*${name}\\s*\\)\\s*\\(([^()]*)\\)\\s*;`);
}

function declaration(name: string, subject: string, found: RegExpExecArray | null): Declaration | undefined {
  if (found === null) return undefined;
  const [, returns = '', parameters = ''] = found;
  const type = returns.replace(/\b(extern|typedef)\b/, '').trim();
  return { name, subject, returns: type, parameters: parameterTypes(parameters) };
}

function structText(headers: string, name: string): string {
  return new RegExp(`\\bstruct ${name} \\{[^{}]*\\}`).exec(headers)?.[0] ?? '';
}

/** A parameter's name, if it has one, is the word behind its type. */
function parameterTypes(text: string): string[] {
  const parameters = text.split(',').map((parameter) => parameter.trim());
  return parameters
    .filter((parameter) => parameter !== '' && parameter !== 'void')
    .map((parameter) => parameter.replace(/([\s*])\w+$/, '$1').trim());
}

/** How the compiler passes each type; and its word that the declarations are as they were read, names and all. */
function typeShapes(declarations: readonly Declaration[]): Map<string, Shape> {
  const types = [...new Set(declarations.flatMap(({ returns, parameters }) => [returns, ...parameters]))];
  const sized = types.filter((type) => type !== 'void');
  const questions = sized.flatMap((type) => [
    `sizeof(${type})`,
    `__builtin_classify_type((${type})0)`,
    `__builtin_choose_expr(__builtin_classify_type((${type})0) == ${POINTER_CLASS}, 0, (${type})-1 < (${type})0)`,
  ]);
  const answers = evaluate(questions, declarations.map(assertion).join('\n'));
  const shapes = new Map<string, Shape>([['void', 'void']]);
  for (const [index, type] of sized.entries()) {
    const [size = 0n, typeClass, isSigned] = answers.slice(3 * index, 3 * index + 3);
    const number = `${isSigned === 1n ? '' : 'u'}int${8n * size}` as Shape;
    shapes.set(type, BOUND_AS[type] ?? (typeClass === POINTER_CLASS ? 'pointer' : number));
  }
  return shapes;
}

function assertion({ name, subject, returns, parameters }: Declaration): string {
  const type = `${returns} (${parameters.join(', ') || 'void'})`;
  return `_Static_assert(__builtin_types_compatible_p(__typeof__(${subject}), ${type}), "${name} is no ${type}");`;
}
