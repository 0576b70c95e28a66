import { z } from 'zod';
import { amount, maybe, scalar } from '../api/parse-page.ts';

const meta = z.object({ LastUpdatedTime: z.string() });
const currency = maybe(z.object({ value: z.string() }));
const link = z.object({ TxnId: scalar, TxnType: z.string() });

const document = {
    Id: scalar,
    MetaData: meta,
    DocNumber: maybe(z.string()),
    TxnDate: z.iso.date(),
    TotalAmt: amount.default('0'),
    TxnTaxDetail: maybe(z.object({ TotalTax: amount.default('0') })),
    CurrencyRef: currency,
    PrivateNote: maybe(z.string()),
    CustomerMemo: maybe(z.object({ value: maybe(z.string()) })),
    CustomField: z
        .array(z.object({ Name: maybe(z.string()), StringValue: maybe(z.string()) }))
        .default([]),
};

/** An invoice, or a receipt of a sale or a refund: what was paid, and how much of it is tax. */
export const salesDocument = z.object({
    ...document,
    LinkedTxn: z.array(link).default([]),
});

export type SalesDocument = z.output<typeof salesDocument>;

export const payment = z.object({
    Id: scalar,
    MetaData: meta,
    TxnDate: z.iso.date(),
    TotalAmt: amount.default('0'),
    UnappliedAmt: amount.default('0'),
    CurrencyRef: currency,
    Line: z
        .array(z.object({ Amount: amount.default('0'), LinkedTxn: z.array(link).default([]) }))
        .default([]),
});

export type Payment = z.output<typeof payment>;

/** An answer without records has no list of them. */
export const payments = z.object({
    QueryResponse: z.object({ Payment: z.array(payment).default([]) }),
});

export const invoices = z.object({
    QueryResponse: z.object({ Invoice: z.array(salesDocument).default([]) }),
});

export const receipts = z.object({
    QueryResponse: z.object({
        SalesReceipt: z.array(salesDocument).default([]),
        RefundReceipt: z.array(salesDocument).default([]),
    }),
});

/** Records of any kind, by which the next page is found. */
export const anyRecords = z.object({
    QueryResponse: z.record(z.string(), z.unknown()).transform((response) =>
        Object.values(response)
            .filter((value) => Array.isArray(value))
            .flatMap((value) => z.array(z.object({ Id: scalar, MetaData: meta })).parse(value)),
    ),
});

/** Payments beside the invoices that they pay, as a page of ours. */
export const paymentPage = z.object({
    payments: z.array(payments),
    invoices: z.array(invoices).default([]),
});

export const preferences = z.object({
    QueryResponse: z.object({
        Preferences: z
            .array(
                z.object({
                    CurrencyPrefs: z.object({ HomeCurrency: z.object({ value: z.string() }) }),
                }),
            )
            .min(1),
    }),
});

export const lookups = z.object({ homeCurrency: z.string() });

/** All ids, a list by kind of record. */
export const idList = z.object({
    QueryResponse: z.object(
        Object.fromEntries(
            ['Payment', 'SalesReceipt', 'RefundReceipt'].map((entity) => [
                entity,
                z.array(z.object({ Id: scalar, TotalAmt: amount.default('0') })).default([]),
            ]),
        ),
    ),
});

const changed = z.object({
    Id: scalar,
    status: z.string().optional(),
    MetaData: meta.optional(),
});

/** Changes by kind of record; of a deleted one there is its id and no more. */
export const changes = z.object({
    /** When it was asked, by the clock of the system. */
    time: z.string(),
    CDCResponse: z.array(
        z.object({
            QueryResponse: z.array(
                z.record(z.string(), z.unknown()).transform((response) =>
                    Object.entries(response)
                        .filter(([, value]) => Array.isArray(value))
                        .map(([entity, value]) => ({
                            entity,
                            records: z.array(changed).parse(value),
                        })),
                ),
            ),
        }),
    ),
});

const fault = z.object({
    code: scalar.default(''),
    Message: z.string().default(''),
    Detail: z.string().default(''),
});

const faultBody = z.object({ Fault: z.object({ Error: z.array(fault) }) });
/** What stands before the accounting service writes names in lower case. */
const gatewayBody = z.object({
    fault: z.object({
        error: z.array(
            z.object({
                code: scalar.default(''),
                message: z.string().default(''),
                detail: z.string().default(''),
            }),
        ),
    }),
});

/** What went wrong, in either way of saying it. */
export function faultsOf(data: unknown): readonly z.output<typeof fault>[] {
    const body = faultBody.safeParse(data);
    if (body.success) return body.data.Fault.Error;
    const gateway = gatewayBody.safeParse(data);
    return (gateway.data?.fault.error ?? []).map(({ code, message, detail }) => ({
        code,
        Message: message,
        Detail: detail,
    }));
}
