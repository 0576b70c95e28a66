import { derived, writable } from 'svelte/store';

const running = writable(0);

/** True while numbers on the page belong to another choice of filters than the one that is shown. */
export const isPending = derived(running, (count) => count > 0);

/** @returns {() => void} to be called once, when the new numbers are there or have failed */
export function beginPending() {
    running.update((count) => count + 1);
    return () => running.update((count) => count - 1);
}

/**
 * @template T
 * @param {() => Promise<T>} run
 * @returns {Promise<T>}
 */
export async function whilePending(run) {
    const end = beginPending();
    try {
        return await run();
    } finally {
        end();
    }
}
