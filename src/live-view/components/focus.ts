// Where the keys go when what had them is no longer there.

/** After a change that was asked for by the keyboard as well as by the mouse: the grid takes keys for both. */
export function focusGrid(): void {
  document.querySelector<HTMLElement>('[role=grid]')?.focus();
}
