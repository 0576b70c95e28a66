import { z } from 'zod';
import { category, instant, optional, text } from '../columns.ts';
import { defineStream } from '../stream.ts';

export const dealStageHistory = defineStream({
    name: 'deal_stage_history',
    description: 'One entry of a deal into a stage of the pipeline.',
    key: ['deal_id', 'stage', 'entered_at'],
    strategy: { kind: 'merge' },
    eventColumn: 'entered_at',
    events: { type: 'stage', record: 'deal_id' },
    row: z.object({
        deal_id: text('Deal.'),
        stage: category('Stage of the pipeline.'),
        entered_at: instant('When the deal entered the stage, UTC.'),
        person_id: optional(category('Owner of the deal at that moment.')),
    }),
});
