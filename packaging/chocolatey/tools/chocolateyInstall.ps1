$ErrorActionPreference = 'Stop'

$package = @{
  packageName    = $env:ChocolateyPackageName
  softwareName   = '{{name}}'
  fileType       = 'msi'
  url64bit       = '{{url}}'
  checksum64     = '{{sha256}}'
  checksumType64 = 'sha256'
  silentArgs     = '/qn /norestart'
  # Done; done, with a restart that is asked for; done, with one that begins.
  validExitCodes = @(0, 3010, 1641)
}
Install-ChocolateyPackage @package
