import { z } from 'zod';
import { decimal, optional, text } from '../columns.ts';
import { defineRule } from '../rule.ts';
import { validity } from './validity.ts';

const tier = {
    tier_from: decimal(18, 4, 'Lower end; exactly on it counts to this tier.', { minimum: '0' }),
    tier_to: optional(decimal(18, 4, 'Upper end, not included; empty = no end.')),
};

export const componentTiers = defineRule({
    file: 'incentives/component_tiers',
    description:
        'The tiers of a curve, the points of an interpolated one, the cells of a table. Of an overage curve the first tier has the base rate.',
    key: ['component_id', 'tier_from', 'other_from'],
    row: z.object({
        component_id: text('Part of a plan.'),
        ...tier,
        other_from: optional(
            decimal(18, 4, 'Of a table: lower end of the column, in the KPI of the gate.', {
                minimum: '0',
            }),
        ),
        other_to: optional(
            decimal(18, 4, 'Of a table: upper end of the column, not included; empty = no end.'),
        ),
        payout_rate: decimal(9, 4, 'Factor or rate of the tier; at tier_from for a line.', {
            minimum: '0',
        }),
        ...validity,
    }),
});

export const multiplierTiers = defineRule({
    file: 'incentives/multiplier_tiers',
    description: 'What a plan is multiplied by, by tier of the result.',
    key: ['multiplier_id', 'tier_from'],
    row: z.object({
        multiplier_id: text('Scale of multipliers.'),
        ...tier,
        multiplier: decimal(9, 4, 'Multiplier of the tier.', { minimum: '0' }),
        ...validity,
    }),
});
