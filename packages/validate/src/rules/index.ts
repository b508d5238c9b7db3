import type { Rule } from '../rule.ts'
import categoryBudget from './category-budget.ts'
import chartPinned from './chart-pinned.ts'
import choiceCompatibility from './choice-compatibility.ts'
import cidrOverlap from './cidr-overlap.ts'
import crdBeforeUse from './crd-before-use.ts'
import danglingReference from './dangling-reference.ts'
import dependencyCycle from './dependency-cycle.ts'
import deprecatedApi from './deprecated-api.ts'
import duplicateObject from './duplicate-object.ts'
import gpuEnablement from './gpu-enablement.ts'
import gpuNodeAccess from './gpu-node-access.ts'
import gpuShape from './gpu-shape.ts'
import gpuSupply from './gpu-supply.ts'
import handEdited from './hand-edited.ts'
import imagePinned from './image-pinned.ts'
import mandatorySet from './mandatory-set.ts'
import missingRequirement from './missing-requirement.ts'
import namespaceExists from './namespace-exists.ts'
import noPlainSecret from './no-plain-secret.ts'
import orphanFile from './orphan-file.ts'
import peerIsolation from './peer-isolation.ts'
import podCount from './pod-count.ts'
import productBudget from './product-budget.ts'
import regionCapacity from './region-capacity.ts'
import regionCount from './region-count.ts'
import replicationPair from './replication-pair.ts'
import schema from './schema.ts'
import secretHasProducer from './secret-has-producer.ts'
import secretInValues from './secret-in-values.ts'
import storageMoves from './storage-moves.ts'
import unknownComponent from './unknown-component.ts'
import unknownProduct from './unknown-product.ts'
import unusedSetting from './unused-setting.ts'
import upToDate from './up-to-date.ts'
import valuesSchema from './values-schema.ts'
import yamlSyntax from './yaml-syntax.ts'

/** From what a person wrote to what lies on disk. */
export const rules: readonly Rule[] = [
  regionCount,
  unknownComponent,
  unknownProduct,
  choiceCompatibility,
  cidrOverlap,
  mandatorySet,
  missingRequirement,
  valuesSchema,
  unusedSetting,
  storageMoves,
  categoryBudget,
  productBudget,
  regionCapacity,
  podCount,
  gpuSupply,
  gpuShape,
  gpuNodeAccess,
  gpuEnablement,
  peerIsolation,
  replicationPair,
  secretHasProducer,
  secretInValues,
  chartPinned,
  imagePinned,
  noPlainSecret,
  yamlSyntax,
  schema,
  deprecatedApi,
  crdBeforeUse,
  danglingReference,
  dependencyCycle,
  duplicateObject,
  namespaceExists,
  upToDate,
  handEdited,
  orphanFile,
]
