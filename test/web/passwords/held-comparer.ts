// A comparison of passwords that lasts until the test ends it.
import { setImmediate } from 'node:timers/promises';
import type { PasswordComparer } from '../../../src/web/passwords/password-checks.ts';

/** What stands for a bcrypt hash: its form, with the password in it. At most 17 bytes of it. */
export function hashOf(password: string, cost = 10): string {
  const digest = Buffer.from(password).toString('hex').padEnd(53, '.');
  return `$2b$${String(cost).padStart(2, '0')}$${digest}`;
}

export function costOf(hash: string): string | undefined {
  return hash.split('$')[2];
}

export interface Compared {
  readonly password: string;
  readonly hash: string;
}

export class HeldComparer implements PasswordComparer {
  /** All that were begun. */
  readonly compared: Compared[] = [];
  #end: PromiseWithResolvers<void> | undefined;

  /** Throws if there is another one under way. */
  async compare(password: string, hash: string): Promise<boolean> {
    if (this.#end !== undefined) throw new Error('there are two comparisons at a time');
    this.compared.push({ password, hash });
    this.#end = Promise.withResolvers();
    await this.#end.promise;
    return hash === hashOf(password, Number(costOf(hash)));
  }

  get isComparing(): boolean {
    return this.#end !== undefined;
  }

  /** Ends the comparison that is under way, and lets everything happen that follows from it. */
  async finish(error?: Error): Promise<void> {
    const end = this.#end;
    this.#end = undefined;
    if (error === undefined) end?.resolve();
    else end?.reject(error);
    await setImmediate();
  }

  async finishAll(): Promise<void> {
    while (this.isComparing) await this.finish();
  }
}
