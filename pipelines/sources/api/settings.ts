import { z } from 'zod';

/** What a person has to hand over beside the settings; never in the config. */
export interface Secret {
    /** `token`: for a connection `hubspot` it is the variable `HUBSPOT_TOKEN`. */
    readonly name: string;
    /** What it is, for the one who is asked for it. */
    readonly what: string;
    readonly isOptional?: true;
}

/** A setting that `connect` asks for. */
export interface Asked {
    readonly name: string;
    readonly what: string;
    readonly example: string;
    readonly isList?: true;
    readonly isOptional?: true;
}

export interface ApiVersion {
    readonly default: string;
    /** The day after which the system no longer answers it, where that is known. */
    readonly lastDays: Readonly<Record<string, string>>;
}

/** How a person consents in a browser, where a system has that. */
export interface ConsentSettings {
    /** @param connection settings of the connection, with `address` where one stands in for the system */
    readonly endpoints: (connection: Readonly<Record<string, unknown>>) => {
        readonly authorise: string;
        readonly token: string;
        /** As the answer names it; the origin of `authorise` when left out. */
        readonly issuer?: string;
    };
    /** No more than is needed. */
    readonly scopes: readonly string[];
    readonly parameters?: Readonly<Record<string, string>>;
    readonly hasPkce: boolean;
    /** The secret of the connection that it brings. */
    readonly yields: 'refresh_token' | 'token';
    /** Whether the client says who it is in a header, not in the form. */
    readonly isBasic?: true;
    /**
     * Where browsers may be sent: to this machine, by the name of it that the system takes, or to a page
     * of the system that shows the code. With neither, to an address with https that the app names.
     */
    readonly redirect: { readonly host?: '127.0.0.1' | 'localhost'; readonly address?: string };
    /** Whether a connection is one for it; all are when left out. */
    readonly isFor?: (connection: Readonly<Record<string, unknown>>) => boolean;
}

/** What is known of a system without asking it: read by the config, `connect` and `doctor`. */
export interface SystemSettings<Schema extends z.ZodObject = z.ZodObject> {
    readonly system: string;
    readonly title: string;
    readonly schema: Schema;
    /** Streams it feeds, or can feed. */
    readonly streams: readonly string[];
    /** Those that a connection of it feeds, where its settings decide that. */
    readonly streamsOf?: (connection: object) => readonly string[];
    /** Streams of records of which it proves up to which day they were read; those by day do so anyway. */
    readonly provenStreams?: readonly string[];
    readonly secrets: readonly Secret[];
    readonly asked: readonly Asked[];
    /** How a person gets the access, with its scopes and no more rights than needed: one paragraph. */
    readonly access: string;
    readonly consent?: ConsentSettings;
    readonly version?: ApiVersion;
}

/** Settings that every connection has. */
export const connectionBase = {
    name: z.string().regex(/^[a-z][a-z0-9_]*$/, 'lower-case letters, digits and _'),
    /** First day that is asked for. */
    since: z.iso.date('a date like 2024-01-01'),
    /** Where the system is reached: for a proxy or a test account. */
    address: z.url('an address such as https://api.example.com').optional(),
    /** As of an input: put before the ids of records, so that those of two systems are told apart. */
    id_prefix: z
        .string()
        .regex(/^[^\s;,|]*$/, 'a few characters without spaces and ; , |, for example crm2:')
        .optional(),
    /** Share of broken rows up to which the others load; that of the config when left out. */
    max_reject_share: z.number().min(0).max(1).optional(),
};

/** The zone of an account, where the system does not say it. */
export const timezone = z
    .string()
    .refine((name) => isTimezone(name), 'a time zone such as Europe/Bucharest');

function isTimezone(name: string): boolean {
    try {
        return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
    } catch {
        return false;
    }
}

/** Days asked for again on each run, because the platform restates them until conversions settle. */
export const reloadDays = (days: number) => z.int().min(1).max(400).default(days);

/** Every this many days, more of them are asked for again. */
export const deepReload = {
    deep_reload_days: z.int().min(1).max(1100).default(90),
    deep_reload_every_days: z.int().min(1).default(7),
};

/** Every this many days all ids are compared, because the system does not say all that it deleted. */
export const compareIds = { compare_ids_every_days: z.int().min(1).default(7) };

/** The name of the environment variable that holds a secret of a connection. */
export function variableOf(connection: string, secret: string): string {
    return `${connection}_${secret}`.toUpperCase();
}
