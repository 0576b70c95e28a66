import type { Config } from '../config.ts';
import { streamsOf, systemOf } from '../sources/registry.ts';

/** An input or a connection, and a stream that it feeds. */
export interface Feeder {
    readonly stream: string;
    readonly name: string;
    /** Whether a day without rows is known to be one on which nothing happened. */
    readonly isZeroWithoutRows: boolean;
    /** Whether it says itself up to which day it was read, so that others are missing. */
    readonly provesDays: boolean;
}

/** Whatever feeds a stream, in the order of the config. */
export function feedersOf({ inputs, connections }: Config): readonly Feeder[] {
    return [
        ...inputs.map((input) => ({
            stream: input.stream,
            name: input.name,
            isZeroWithoutRows: input.days_without_rows === 'zero',
            provesDays: false,
        })),
        // A connection says itself which days are covered.
        ...connections.flatMap((connection) =>
            streamsOf(connection).map((stream) => ({
                stream,
                name: connection.name,
                isZeroWithoutRows: false,
                provesDays: systemOf(connection.system).provenStreams?.includes(stream) ?? false,
            })),
        ),
    ];
}
