import type { Bench } from '../bench-case.ts';

export interface Contestant<Measured> {
    readonly name: string;
    readonly run: () => Promise<Measured>;
}

/**
 * Runs contestants in turn, A B A B, so that a machine that slows down slows all of them.
 * @returns what each of them measured, in the order of the contestants
 */
export async function interleave<Measured>(
    { runs, say }: Bench,
    contestants: readonly Contestant<Measured>[],
    show: (measured: Measured) => string,
): Promise<readonly (readonly Measured[])[]> {
    const measured = contestants.map((): Measured[] => []);
    for (let round = 0; round < runs; round++) {
        for (const [index, { name, run }] of contestants.entries()) {
            const one = await run();
            measured[index]?.push(one);
            say(`  ${round + 1}/${runs}  ${name}: ${show(one)}`);
        }
    }
    return measured;
}
