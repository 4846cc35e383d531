// What wixl cannot write into the package, as statements of the installer's SQL ("SQL Syntax (Windows Installer)").

import { UPGRADE_CODE } from './identity.ts';

/** "Component Table": msidbComponentAttributesNeverOverwrite and 64bit. */
const NEVER_OVERWRITE_64_BIT = 128 + 256;

/** "Feature Table": msidbFeatureAttributesDisallowAdvertise; UIDisallowAbsent besides, for what has to be there. */
const NOT_ADVERTISED = 8;
const ALWAYS = 16 + NOT_ADVERTISED;

/** "Upgrade Table": msidbUpgradeAttributesMigrateFeatures and VersionMaxInclusive. Two processors' packages of one version are two products. */
const UP_TO_THIS_VERSION = 1 + 512;

/** "Custom Action In-Script Execution Options": the program of a file; what it ends with does not matter; as a rollback; as Windows itself. */
const ROLLBACK_BY_PROGRAM = 18 + 64 + (1024 + 256) + 2048;

/** "ServiceInstall Table": SERVICE_ERROR_NORMAL and msidbServiceInstallErrorControlVital. Without the service there is nothing to install. */
const NORMAL_BUT_VITAL = 1 + 0x8000;

/** Within the transaction: a failing upgrade brings the older product back ("RemoveExistingProducts Action"). */
const AFTER_INSTALL_INITIALIZE = 1501;

/** What wixl writes there besides the installation itself. One statement for all would leave out every other row. */
const ACTIONS_IN_WINDOW = [
  'AppSearch',
  'CostFinalize',
  'CostInitialize',
  'FileCost',
  'FindRelatedProducts',
  'LaunchConditions',
  'MigrateFeatureStates',
  'ValidateProductID',
];

/** What has to be true, and what is said where it is not. Windows 10 calls itself 6.3 there, as all after it. */
const CONDITIONS = {
  'Installed OR VersionNT >= 603': '[ProductName] needs Windows 10, Windows Server 2016 or later.',
  'REMOVE OR NOT LISTEN_PORT OR (LISTEN_PORT >= 1 AND LISTEN_PORT <= 65535)':
    'LISTEN_PORT=[LISTEN_PORT] is no port. Allowed: 1 to 65535.',
};

export function amendments(version: string): readonly string[] {
  return [
    // Nothing is asked in a window. What is chosen and searched for there would have to be handed over by whoever started it, and could be changed on the way.
    ...ACTIONS_IN_WINDOW.map((action) => `DELETE FROM \`InstallUISequence\` WHERE \`Action\`='${action}'`),
    // No property is for users who are no administrators: they may have Windows repair a package, with properties of theirs ("Restricted Public Properties").
    "DELETE FROM `Property` WHERE `Property`='SecureCustomProperties'",
    `UPDATE \`Component\` SET \`Attributes\`=${NEVER_OVERWRITE_64_BIT} WHERE \`Component\`='Configuration'`,
    `UPDATE \`InstallExecuteSequence\` SET \`Sequence\`=${AFTER_INSTALL_INITIALIZE} WHERE \`Action\`='RemoveExistingProducts'`,
    // A file with a version is not replaced by one of an older version.
    `UPDATE \`File\` SET \`Version\`='${version}.0', \`Language\`='1033' WHERE \`File\`='Program'`,
    // The others have digests for that ("MsiFileHash Table").
    "DELETE FROM `MsiFileHash` WHERE `File_`='Program'",
    "DELETE FROM `Upgrade` WHERE `ActionProperty`='WIX_UPGRADE_DETECTED'",
    `INSERT INTO \`Upgrade\` (\`UpgradeCode\`, \`VersionMax\`, \`Attributes\`, \`ActionProperty\`) VALUES ('${UPGRADE_CODE}', '${version}', ${UP_TO_THIS_VERSION}, 'WIX_UPGRADE_DETECTED')`,
    `UPDATE \`Feature\` SET \`Attributes\`=${ALWAYS} WHERE \`Feature\`='Exporter'`,
    `UPDATE \`Feature\` SET \`Attributes\`=${NOT_ADVERTISED} WHERE \`Feature\`='FirewallException'`,
    `UPDATE \`ServiceInstall\` SET \`ErrorControl\`=${NORMAL_BUT_VITAL}`,
    // wixl would have them run at once.
    ...['UndoConfigure', 'ConfigureAgain', 'StartAgain'].map(
      (action) => `UPDATE \`CustomAction\` SET \`Type\`=${ROLLBACK_BY_PROGRAM} WHERE \`Action\`='${action}'`,
    ),
    // wixl ends it with a backslash.
    "UPDATE `Registry` SET `Key`='SOFTWARE\\netstat-exporter'",
    ...Object.entries(CONDITIONS).map(
      ([condition, message]) =>
        `INSERT INTO \`LaunchCondition\` (\`Condition\`, \`Description\`) VALUES ('${condition}', '${message}')`,
    ),
  ];
}
