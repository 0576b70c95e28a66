import { expect, it } from 'vitest';
import { withPrefix } from '../../../pipelines/sources/api/prefix-ids.ts';

it('a prefix stands before ids of records, each of several, and before nothing else', () => {
    const cells = {
        deal_id: '1',
        lead_id: '2; 3',
        merged_ids: null,
        person_id: 'Ana',
        campaign_id: '9',
    };
    expect(withPrefix({ stream: 'deals', cells }, 'us-').cells).toEqual({
        deal_id: 'us-1',
        lead_id: 'us-2;us-3',
        merged_ids: null,
        person_id: 'Ana',
        campaign_id: '9',
    });
});
