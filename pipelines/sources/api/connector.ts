import type { z } from 'zod';
import type { CoveredDays } from '../../contracts/batch.ts';
import type { StreamContract } from '../../contracts/stream.ts';
import type { Mapping } from '../files/mapping-schema.ts';
import type { Clock } from './clock.ts';
import type { Days } from './days.ts';
import type { Json } from './json.ts';

/** A row of a stream, as text, numbers that are whole, and nulls; money is text. */
export interface CanonicalRow {
    readonly stream: string;
    readonly cells: Readonly<Record<string, Cell>>;
}

/** A row as it stands in the source: its feed says how it becomes one of a stream. */
export interface SourceRow {
    readonly stream: string;
    readonly cells: Readonly<Record<string, Json>>;
}

type Cell = string | number | boolean | null;

type CellsOf<Row extends z.ZodObject> = {
    readonly [Column in keyof z.output<Row>]?: Cell | undefined;
};

/** A row of a stream with all its columns, in their order: what is not given is null. */
export function rowOf<Row extends z.ZodObject>(
    contract: StreamContract<Row>,
    cells: CellsOf<Row>,
): CanonicalRow {
    const given = cells as Readonly<Record<string, Cell | undefined>>;
    const all: Record<string, Cell> = {};
    for (const { name } of contract.columns) {
        const cell = given[name];
        all[name] = cell === undefined || cell === '' ? null : cell;
    }
    return { stream: contract.name, cells: all };
}

/** Days for which an account has answered, rows or none. What it said of them before is gone. */
export interface Covered extends CoveredDays {
    readonly stream: string;
}

/** A part of what is asked that does not depend on the others. */
export interface Slice {
    readonly name: string;
    /** What the first question of it is. */
    readonly place: Json;
}

export interface Plan {
    readonly slices: readonly Slice[];
    /** Where the next run begins, when that is known before; else the latest change seen decides. */
    readonly cursor?: string;
    /** What pages need to be understood and do not say: names of owners, stages of pipelines. */
    readonly lookups?: Json;
    /** What is proven to be readable. Only what stands here counts as covered. */
    readonly covered?: readonly Covered[];
}

export interface Page {
    /** The body as it came. */
    readonly text: string;
    /** The next question; undefined at the end. */
    readonly next: Json | undefined;
}

export interface PageContent {
    readonly rows: readonly SourceRow[];
    /** The latest change among its records, as an instant in UTC. */
    readonly latest?: string | undefined;
    /** Of a census: ids that are there. */
    readonly ids?: readonly string[];
    /** Records of which the page holds all that is left. */
    readonly records?: readonly WholeRecord[];
}

/**
 * A record that is several rows of a stream, or none: rows of it that were loaded before and are not
 * among its keys are marked as deleted. The key of a row is the id of its record, or `<id>/<part>`.
 */
export interface WholeRecord {
    readonly stream: string;
    readonly id: string;
    readonly keys: readonly string[];
}

/** What an input says of a file, said of the rows of a feed. */
export interface RowMapping extends Mapping {
    /** Where it stands in the config, for messages. */
    readonly name: string;
    /** Zone of times without an offset. */
    readonly timezone: string;
}

/** One kind of record that a source asks for. */
export interface Feed {
    readonly name: string;
    /** Streams its rows belong to. */
    readonly streams: readonly string[];
    /**
     * Stream of which it counts all ids, where the system does not say what it has deleted. Records of
     * the connection that are not among them are marked as deleted, and back if they are again.
     */
    readonly census?: string;
    /** How its rows become those of the stream; left out, they are. */
    readonly mapping?: RowMapping;
    /** Settings that decide what is asked and how it is read, where that is not all of the connection. */
    readonly scope?: Json;
    /** Slices that are asked for at the same time; one when left out. */
    readonly concurrency?: number;
    /** Whether it can be asked for days of the past, whatever the cursor: a day says all there is of it. */
    readonly isByDay?: true;
    /**
     * @param cursor what the last run reached; null when everything is asked for
     * @param days of a backfill, where it is by day
     */
    readonly plan: (cursor: string | null, days?: Days) => Promise<Plan>;
    readonly ask: (place: Json) => Promise<Page>;
    /** Pure. @throws ContractError for a page that is none */
    readonly read: (text: string, lookups: Json | undefined) => PageContent;
}

/** A table that can be read, whether or not settings say of what it is. */
export interface OpenTable {
    /** As settings name it. */
    readonly name: string;
    readonly columns: readonly OpenColumn[];
    /** Columns that together tell its rows apart, where it says so. */
    readonly key: readonly string[];
    /** Cells as they are read, in the order of its columns; empty where there is nothing. */
    readonly firstRows: () => Promise<readonly (readonly string[])[]>;
}

export interface OpenColumn {
    readonly name: string;
    readonly holds: 'times' | 'days' | 'texts' | 'others';
}

export interface Connector {
    readonly feeds: readonly Feed[];
    /** Asks for something small with the credentials. @returns what was found, in words */
    readonly test: () => Promise<string>;
    /** What there is to choose from, where settings name what is loaded. */
    readonly tables?: () => Promise<readonly OpenTable[]>;
    /** Ends what it holds open, and tells what it noticed while it was asked. */
    readonly close?: () => Promise<void>;
}

/** What a connection is given to work with. */
export interface Tools {
    readonly clock: Clock;
    /** Folder for tokens and orders of this connection. */
    readonly directory: string;
    /** @throws ConfigError naming the variable when it is not set */
    readonly secret: (name: string) => string;
    readonly onNote: (text: string) => void;
}
