// What all components of the SBOM have in common.
import { Models, SPDX } from '@cyclonedx/cyclonedx-library';
import { PackageURL } from 'packageurl-js';

export function purl(type: string, namespace: string | undefined, name: string, version: string): string {
  return new PackageURL(type, namespace, name, version, undefined, undefined).toString();
}

/** Gives the component its licence and its reference: the package URL, which it has to have. */
export function withLicence(component: Models.Component, licence: string | undefined): Models.Component {
  if (component.purl === undefined) throw new Error(`${component.name} has no package URL`);
  component.bomRef.value = component.purl;
  if (licence !== undefined) component.licenses.add(licenceOf(licence));
  return component;
}

/** As package.json has it: an identifier of SPDX, an expression of those, or words. */
function licenceOf(text: string): Models.SpdxLicense | Models.LicenseExpression | Models.NamedLicense {
  if (SPDX.isSupportedSpdxId(text)) return new Models.SpdxLicense(text);
  if (/ (?:OR|AND|WITH) /.test(text)) return new Models.LicenseExpression(text);
  return new Models.NamedLicense(text);
}
