/**
 * @generated SignedSource<<e8e2ce7322516d078eb357565c16ce47>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type documentsBrowser$data = {
  readonly browserName: string | null | undefined;
  readonly ispName: string | null | undefined;
  readonly " $fragmentType": "documentsBrowser";
};
export type documentsBrowser$key = {
  readonly " $data"?: documentsBrowser$data;
  readonly " $fragmentSpreads": FragmentRefs<"documentsBrowser">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "documentsBrowser",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "browserName",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "ispName",
      "storageKey": null
    }
  ],
  "type": "Participant",
  "abstractKey": null
};

(node as any).hash = "7340e4d0068899170b9f4b23bdbcbd8e";

export default node;
