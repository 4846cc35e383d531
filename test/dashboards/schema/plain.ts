// A type as its values stand in JSON.

/** Members of string enums are their strings, and there are no methods. What is `any` becomes unknown. */
export type Plain<T> = 0 extends 1 & T
  ? unknown
  : T extends string
    ? string extends T
      ? T
      : `${T}`
    : T extends readonly (infer Element)[]
      ? Plain<Element>[]
      : T extends object
        ? { [Key in keyof T as T[Key] extends (...args: never) => unknown ? never : Key]: Plain<T[Key]> }
        : T;
