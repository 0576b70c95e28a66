import type { Fault, MockServer } from '../../sources/api/mock-server.ts';

/** A fault that is over when asked again: its name, the question that meets it, and what happens. */
export type PassingFault = readonly [name: string, question: RegExp, ...faults: readonly Fault[]];

/**
 * Lets all of them happen in one load, one after another where they wait for the same question: a
 * load for each of them would prove nothing more about the system, whose answers are told apart one by one.
 * @returns names of the faults that no question has met
 */
export function failInTurn(
    mock: Pick<MockServer, 'fail'>,
    faults: readonly PassingFault[],
): () => readonly string[] {
    const injected = faults.map(([name, question, ...some]) => ({
        name,
        isMet: mock.fail(question, ...some),
    }));
    return () => injected.filter(({ isMet }) => !isMet()).map(({ name }) => name);
}
