import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

const collect = runInNewContext('gc') as (options: { readonly flavor: 'last-resort' }) => void;

/**
 * Gives back to the machine what work that is over has left. The engine fills memory of its own next, and Node, which
 * does not see that, would keep some 150 MB until it needs them.
 */
export function returnMemory(): void {
    collect({ flavor: 'last-resort' });
}
