import { z } from 'zod';
import { amount, maybe } from '../api/parse-page.ts';

/** `/Date(1552431874205+0000)/`, which is UTC whatever offset it names. */
const instant = z
    .string()
    .transform((text) => Number(/^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/.exec(text)?.[1]))
    .refine((time) => Number.isFinite(time), 'a date such as /Date(1552431874205+0000)/')
    .transform((time) => new Date(time).toISOString());

/** A day, written as its midnight in UTC. */
const day = instant.transform((text) => text.slice(0, 10));

const sums = {
    Reference: maybe(z.string()),
    CurrencyCode: maybe(z.string()),
    Total: amount.default('0'),
    TotalTax: amount.default('0'),
};

export const invoice = z.object({
    InvoiceID: z.string(),
    InvoiceNumber: maybe(z.string()),
    Type: z.string(),
    UpdatedDateUTC: instant,
    ...sums,
    Payments: z.array(z.object({ PaymentID: z.string(), Date: day, Amount: amount })).default([]),
});

export const creditNote = z.object({
    CreditNoteID: z.string(),
    CreditNoteNumber: maybe(z.string()),
    ...sums,
});

/** What is paid, or given back: an invoice or a credit note. */
export interface Paid {
    readonly number: string | null | undefined;
    readonly reference: string | null | undefined;
    readonly currency: string | null | undefined;
    readonly total: string;
    readonly tax: string;
}

export const payment = z
    .object({
        PaymentID: z.string(),
        Date: day,
        UpdatedDateUTC: instant,
        Amount: amount,
        PaymentType: z.string(),
        Status: z.string(),
        /** Of a credit note too, which then stands under the name of an invoice. */
        Invoice: maybe(
            z.object({
                InvoiceID: z.string(),
                Type: maybe(z.string()),
                CurrencyCode: maybe(z.string()),
            }),
        ),
        /** Where the reference of the API has it. */
        CreditNote: maybe(z.object({ CreditNoteID: z.string(), CurrencyCode: maybe(z.string()) })),
    })
    .transform(({ CreditNote: note, ...own }) => ({
        ...own,
        Invoice:
            own.Invoice ??
            (note ? { InvoiceID: note.CreditNoteID, CurrencyCode: note.CurrencyCode } : null),
    }));

export type Payment = z.output<typeof payment>;
export type Invoice = z.output<typeof invoice>;

/** How many records a page of the list holds, which may be fewer than were asked for. */
const pagination = z.object({ pageSize: z.number(), itemCount: z.number().nullish() }).optional();

export type Pagination = z.output<typeof pagination>;

export const payments = z.object({ Payments: z.array(payment), pagination });
export const invoices = z.object({ Invoices: z.array(invoice), pagination });
export const creditNotes = z.object({ CreditNotes: z.array(creditNote) });

/** Payments beside what they pay, as a page of ours. */
export const paymentPage = z.object({
    payments,
    invoices: z.array(invoices),
    credit_notes: z.array(creditNotes),
});

export const organisations = z.object({
    Organisations: z.array(z.object({ Name: z.string(), BaseCurrency: z.string() })).min(1),
});

export const lookups = z.object({ baseCurrency: z.string() });
