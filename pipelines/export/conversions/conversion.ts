/** What of a deal a platform may be told: that it was signed, or that money arrived for it. */
export type Milestone = 'closed' | 'collected';

/** A milestone of a deal as the marts have it now. Instants are `2026-09-14T09:30:00Z`, money is text. */
export interface DealConversion {
    readonly milestone: Milestone;
    readonly dealId: string;
    readonly reachedAt: string;
    /** From when its value is whole; null until then. */
    readonly settledAt: string | null;
    /** In the company currency; null where it is unknown. */
    readonly value: string | null;
    readonly unknownValueCode: string | null;
    readonly currency: string;
    /** The last click on an ad of the platform before the deal was signed; null where there is none. */
    readonly click: { readonly text: string; readonly at: string } | null;
    /** SHA-256 of the e-mail address of the lead, where the config allows it. */
    readonly hashedEmail: string | null;
}

/** A click id without the name of its parameter. */
export interface Click {
    /** `gclid`, `gbraid`. */
    readonly name: string;
    readonly value: string;
    readonly at: string;
}

/** One thing that a platform is told. */
export interface ConversionLine {
    readonly action: 'conversion' | 'restatement' | 'retraction';
    readonly milestone: Milestone;
    readonly dealId: string;
    /** By which the platform finds it again. */
    readonly orderId: string;
    /** What the conversion is called at the platform. */
    readonly name: string;
    readonly click: Click;
    readonly reachedAt: string;
    /** Of a retraction: none. */
    readonly value: string;
    readonly currency: string;
}

/** A line as it is uploaded. The hash of an address stands in the upload alone, and is not kept. */
export interface UploadLine extends ConversionLine {
    readonly hashedEmail: string | null;
}

/** `gclid.Cj0K` as its name and its value; what names no parameter is of the first of `names`. */
export function readClick(text: string, names: readonly [string, ...string[]], at: string): Click {
    const [, name, value] = /^([a-z_]+)[.:=](.+)$/i.exec(text) ?? [];
    const known = names.find((one) => one === name?.toLowerCase());
    return known && value ? { name: known, value, at } : { name: names[0], value: text, at };
}

/** Seconds since 1970 of an instant. */
export const unixSeconds = (instant: string): number => Math.floor(Date.parse(instant) / 1000);
